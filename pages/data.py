"""data."""

from dashboard import frame
from dashboard.i18n import _

frame.header(_("What stands here?"))
