"""The button type of a page's main action."""

from typing import Literal


def main_button_type() -> Literal["primary"]:
    """Return the Streamlit button type of the one act that a page is for.

    page.css gives such buttons a blue on which white is read, on a light page and on a dark one.
    """
    return "primary"
