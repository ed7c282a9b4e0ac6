"""Where does the money of major funds stand, and where does it lie idle?"""

from dashboard import frame
from dashboard.components import fund_projects, funds
from dashboard.i18n import _

view = frame.header(_("Is the money disbursed and spent?"))
funds.page(view)
fund_projects.projects(view)
