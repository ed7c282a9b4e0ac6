"""Tell the browser which menu entry belongs to each page, so that lit_menu.js can highlight it."""

import json

from dashboard import i18n
from dashboard.navigation import ALL_PAGES, PAGES


def as_json() -> str:
    """The menu as JSON for lit_menu.js.

    `shown` are the pages in the menu. `pages` gives for other pages the one they belong to, "" for
    the page from which they were opened. `groups` gives by page the name of its group in every
    language: a group is a button that opens to show its pages.
    """
    return json.dumps(
        {
            "shown": [each.name for each in PAGES],
            "pages": {
                each.name: each.belongs_to for each in ALL_PAGES if each.belongs_to is not None
            },
            "groups": {each.name: _in_all_languages(each.group) for each in PAGES if each.group},
        },
        ensure_ascii=False,
    )


def _in_all_languages(text: str) -> list[str]:
    called = []
    for language in i18n.LANGUAGES:
        with i18n.use_language(language):
            called.append(i18n._(text))
    return called
