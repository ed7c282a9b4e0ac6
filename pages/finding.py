"""What became of this finding?"""

from dashboard import frame
from dashboard.i18n import _

frame.header(_("What became of this finding?"))
