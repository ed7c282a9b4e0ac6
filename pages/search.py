"""Where is the unit, the finding, the person that I look for?"""

from dashboard.frame import head
from dashboard.i18n import _
from dashboard.screens.search import found

found(head.header(_("What was found?")))
