"""Which rows stand behind this figure?"""

from dashboard import frame
from dashboard.i18n import _
from dashboard.screens.listing import listing

listing(frame.header(_("Which rows stand behind this figure?")))
