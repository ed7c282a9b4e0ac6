"""What a page belongs to in the menu, told to the browser, which lights it (lit_menu.js)."""

import json

from dashboard import i18n
from dashboard.navigation import ALL_PAGES, PAGES


def as_json() -> str:
    """`shown` are the pages of the menu; `pages` says by page what another one belongs to,
    "" for the page from which it was reached.

    `groups` says by page what its group is called, in every language: a group is a button that
    shows its pages once it is opened.
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
