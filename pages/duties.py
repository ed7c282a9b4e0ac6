"""What do we owe, by when, and what is to be done?"""

from dashboard.frame import head
from dashboard.i18n import _
from dashboard.screens.my_duties import my_duties

my_duties(head.header(_("What do we owe, and by when?")))
