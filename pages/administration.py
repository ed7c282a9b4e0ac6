"""Who may do what, and who has done what?"""

from dashboard.i18n import _
from dashboard.screens import administration

administration.draw(_("Who may do what, and who has done what?"))
