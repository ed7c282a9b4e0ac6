"""Panels look as the cards of the elements do."""

import tomllib
from pathlib import Path

import dashboard

FOLDER = Path(dashboard.__file__).parent


def test_a_panel_has_the_colour_of_a_card_in_both_themes():
    theme = tomllib.loads(
        (FOLDER.parent / ".streamlit" / "config.toml").read_text(encoding="utf-8")
    )["theme"]
    cards = [theme[side]["secondaryBackgroundColor"] for side in ("light", "dark")]
    style = (FOLDER / "page.css").read_text(encoding="utf-8")
    assert f"light-dark({', '.join(cards)})" in style
