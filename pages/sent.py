"""What would this file change, and is it to be taken in or returned?"""

from dashboard.frame import head
from dashboard.i18n import _
from dashboard.screens.collection import one_file

one_file.sent_file_page(head.header(_("What would this file do?")))
