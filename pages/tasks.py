"""Are the key tasks on time, who was trained, and what became of what was decided?"""

from dashboard.frame import head
from dashboard.i18n import _
from dashboard.screens.tasks import tasks

tasks.tasks_page(head.header(_("Are tasks carried out?")))
