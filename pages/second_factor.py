"""An authenticator besides the password."""

from dashboard.screens import second_factor

second_factor.second_factor_form()
