"""A password of one's own, in place of the present one."""

from dashboard.screens import sign_in

sign_in.password_page()
