"""Which rows stand behind this figure?"""

from dashboard import frame
from dashboard.components.listing import listing
from dashboard.i18n import _

listing(frame.header(_("Which rows stand behind this figure?")))
