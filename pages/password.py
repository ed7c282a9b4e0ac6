"""Replace the viewer's own password."""

from dashboard.screens import sign_in

sign_in.password_page()
