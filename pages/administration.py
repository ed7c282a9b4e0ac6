"""Who may do what, and who did what?"""

from dashboard import administration
from dashboard.i18n import _

administration.draw(_("Who may do what, and who did what?"))
