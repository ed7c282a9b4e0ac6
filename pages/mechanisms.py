"""Do the six mechanisms run, and what do they bring to light?"""

from dashboard.frame import head
from dashboard.i18n import _
from dashboard.screens.mechanisms import glance

glance.six_mechanisms(head.header(_("Do the six mechanisms work?")))
