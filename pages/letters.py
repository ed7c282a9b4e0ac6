"""Which findings are due for a letter, which letters were sent, and what came back?"""

from dashboard import frame
from dashboard.components import letters
from dashboard.i18n import _

letters.page(frame.header(_("Who is to be pressed, and who has answered?")))
