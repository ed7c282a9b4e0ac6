"""Replace the viewer's own password."""

from dashboard.screens import new_password

new_password.password_page()
