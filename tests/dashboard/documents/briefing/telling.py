"""Make a briefing of rows imported by a test, with blank pictures as charts."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import TypeVar, cast

from PIL import Image
from sqlalchemy import Engine

from dashboard.documents.briefing import content, document, making, word
from dashboard.documents.briefing.blocks import Chart, Document
from dashboard.documents.briefing.content import Content
from dashboard.documents.briefing.document import Issue, Version
from dashboard.documents.briefing.pictures import Pictures, Renderer
from dashboard.i18n import use_language
from data.meetings.freezes import FreezeLine
from data.nodes import parse
from data.scope import Scope, everything
from data.store.database import reading
from tests.demonstration_day import TODAY

SINCE = date(2026, 4, 17)
Made = TypeVar("Made")


class Painter(Renderer):
    """Returns blank pictures without starting a process."""

    def __init__(self) -> None:
        pass

    def __exit__(self, *_error: object) -> None:
        pass

    def draw(self, charts: list[Chart]) -> Pictures:  # type: ignore[override]
        blank = BytesIO()
        Image.new("RGB", (30, 10), "white").save(blank, "PNG")
        return iter([blank.getvalue()] * len(charts))


def read(engine: Engine, scope: Scope | None = None, *, since: date | None = None) -> Content:
    """The contents of a briefing about `scope`, by default the district on the day of the tests."""
    scope = scope or everything(parse("district"), TODAY)
    before = scope.on(since or scope.as_of - timedelta(30))
    with reading(engine) as connection:
        return content.read(connection, scope, before)


def told(
    found: Content, language: str = "en", version: Version = Version.CHECKED, **said: object
) -> Document:
    """The document about `found`, made once and not to be changed, unless `said` says more."""
    if said:
        return _told(found, language, version, **said)
    return _once(found, (language, version), lambda: _told(found, language, version))


def _told(found: Content, language: str, version: Version, **said: object) -> Document:
    with use_language(language):
        return document.document(found, Issue(TODAY, **said), version)  # type: ignore[arg-type]


def written(of: Document, language: str = "en") -> bytes:
    """The file of a document, written once."""
    return _once(of, (language,), lambda: _written(of, language))


def _written(of: Document, language: str) -> bytes:
    with use_language(language):
        return word.write(of, Painter(), TODAY)


def _once(of: object, asked: tuple[object, ...], make: Callable[[], Made]) -> Made:
    """What `make` makes of an object, for the last few objects: by what they are, not as equals."""
    key = (id(of), asked)
    if key not in _MADE:
        while len(_MADE) >= MOST_KEPT:
            del _MADE[next(iter(_MADE))]
        # With the object, so that no other can have its id meanwhile.
        _MADE[key] = of, make()
    return cast(Made, _MADE[key][1])


_MADE: dict[tuple[int, tuple[object, ...]], tuple[object, object]] = {}
MOST_KEPT = 12


def asked(scope: Scope | None = None, since: date = SINCE) -> making.Asked:
    scope = scope or everything(parse("district"), TODAY)
    return making.Asked(scope, scope.on(since), TODAY, version=Version.CHECKED)


FREEZE = FreezeLine(
    number=1,
    meeting="M1",
    meeting_name="第十二次会议",
    meeting_on=date(2026, 6, 20),
    version=2,
    as_of=TODAY,
    import_number=4,
    facts_sha256="ab" * 32,
    at=datetime(2026, 6, 20, tzinfo=UTC),
    account="wang",
)


COMPARED = "overdue findings 2 (up by 1)"
"""The text about two overdue findings, one of which was unknown at the last freeze."""
