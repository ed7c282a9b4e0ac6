"""Set up an authenticator as a second factor beside the password."""

from dashboard.screens import second_factor

second_factor.second_factor_form()
