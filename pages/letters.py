"""Which findings are due for a letter, which letters were sent, and what came back?"""

from dashboard.frame import head
from dashboard.i18n import _
from dashboard.screens.letters import settings

settings.letters_page(head.header(_("Which letters are due?")))
