"""Which findings are due for a letter, which letters were sent, and what came back?"""

from dashboard import frame
from dashboard.i18n import _
from dashboard.screens.letters import settings

settings.page(frame.header(_("Who is to be pressed, and who has answered?")))
