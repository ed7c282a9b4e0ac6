"""What do we owe, by when, and what is to be done?"""

from dashboard.frame import head
from dashboard.i18n import _
from dashboard.screens.collection.sending import sending
from dashboard.screens.my_duties import my_duties
from dashboard.widgets import asked
from data.access.permission import Action

view = head.header(_("What do we owe, and by when?"), of_today=True)
parts = {"owed": (_("What we owe"), my_duties)}
if view.viewer.may(Action.SEND):
    parts["send"] = (_("Send files"), sending)
asked.tabs_of_view(view, parts)
