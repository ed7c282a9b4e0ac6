"""The browsers in which the viewer is signed in."""

from dashboard.i18n import _
from dashboard.screens import open_sessions

open_sessions.draw_own(_("Where are you signed in?"))
