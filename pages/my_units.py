"""Which of my units are worst, and what is to be pressed for today?"""

from dashboard.frame import head
from dashboard.i18n import _
from dashboard.screens.my_units import my_units

my_units(head.header(_("Which units need me?")))
