"""Which units have sent their files, and what waits to be taken in?"""

from dashboard.frame import head
from dashboard.i18n import _
from dashboard.screens.collection import inbox

inbox.inbox_page(head.header(_("Who has sent their files?"), of_today=True))
