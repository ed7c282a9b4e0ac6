"""Make a briefing: read the data, build the text, write the file, read it back and compare."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import lru_cache, partial

from sqlalchemy import Engine

from dashboard.documents.briefing import behind, checking, content, sheets, word, workbook
from dashboard.documents.briefing.behind import Behind
from dashboard.documents.briefing.content import Content
from dashboard.documents.briefing.document import Issue, Version, document
from dashboard.documents.briefing.pictures import Renderer
from dashboard.documents.briefing.sheet import Book
from dashboard.documents.slides import building
from dashboard.documents.slides import checking as slides_check
from dashboard.documents.slides import writing as slides_file
from dashboard.documents.slides.deck import Deck
from data.coverage import unentered
from data.documents import masthead
from data.figures import reading as figures
from data.figures.catalogue import catalogue
from data.figures.reading import Readings
from data.meetings import agendas, freezes, held
from data.meetings.freezes import FreezeLine
from data.meetings.frozen_state import bring_back
from data.reference.lists import current
from data.scope import Scope
from data.store import gc_pause
from data.store.database import reading
from data.store.demonstration_mark import is_demonstration
from models.text import N_

ASKING, DRAWING, WRITING = N_("Asking the data"), N_("Drawing charts"), N_("Writing the file")
CHECKING = N_("Comparing the file with the database")
Progress = Callable[[str, int, int], None]
"""Called with a message about the step, the number done and the number in all."""


class Form(StrEnum):
    """The file format of a briefing; the value is the file name's suffix."""

    WORD = "docx"
    WORKBOOK = "xlsx"
    SLIDES = "pptx"


@dataclass(frozen=True, slots=True)
class Asked:
    """The briefing to be made: its scope, the scope of comparison, issue and version.

    `number` is the number of the issue; None takes the one in the settings.
    """

    scope: Scope
    before: Scope
    made_on: date
    names_in_full: bool = False
    frozen: FreezeLine | None = None
    version: Version = Version.CIRCULATION
    number: str | None = None


@dataclass(frozen=True, slots=True)
class Databases:
    """The database in use, and a function from a scope to its database, which may be a freeze's."""

    live: Engine
    of: Callable[[Scope], Engine]


def with_freezes(engine: Engine) -> Databases:
    """One database, and for frozen scopes its state at their freeze."""
    states = lru_cache(partial(bring_back, engine))
    return Databases(
        engine, lambda scope: engine if scope.frozen is None else states(scope.frozen).engine
    )


@gc_pause.paused()
def make(databases: Databases, asked: Asked, form: Form, progress: Progress | None = None) -> bytes:
    """The briefing as a file in the language in use, after comparing each number with the database.

    Raises `FigureDiffersError` if a number differs, `MastheadRefusedError` for an invalid issue
    number, `picture.FontsMissing` and `pictures.PicturesFailedError` if charts cannot be drawn.
    """
    tell = progress or (lambda _stage, _done, _of: None)
    if form is Form.WORD:
        return _make_document(databases, asked, tell)
    if form is Form.SLIDES:
        return _make_slides(databases, asked, tell)
    return _make_workbook(databases, asked, tell)


def _make_document(databases: Databases, asked: Asked, tell: Progress) -> bytes:
    tell(ASKING, 0, 1)
    with Renderer() as renderer:
        first = gather(databases, asked)
        briefing = document(first, _issue(databases, asked), asked.version)
        tell(DRAWING, 0, 1)
        file = word.write(briefing, renderer, asked.made_on, partial(tell, DRAWING))
    tell(CHECKING, 0, 1)
    anew = gather(databases, asked, first)
    briefing = document(anew, _issue(databases, asked), asked.version)
    checking.check_document(file, briefing, anew)
    tell(CHECKING, 1, 1)
    return file


def _issue(databases: Databases, asked: Asked) -> Issue:
    with reading(databases.live) as connection:
        kept = masthead.current(connection).numbered(asked.number)
    masthead.check(kept)
    return Issue(asked.made_on, kept, asked.frozen)


def _make_workbook(databases: Databases, asked: Asked, tell: Progress) -> bytes:
    tell(ASKING, 0, 1)
    first, listed = gather(databases, asked), _behind(databases, asked)
    tell(WRITING, 0, 1)
    file = workbook.write(_book(asked, first, listed))
    tell(CHECKING, 0, 1)
    anew = gather(databases, asked, first)
    checking.check_workbook(file, _book(asked, anew, _behind(databases, asked, listed)))
    tell(CHECKING, 1, 1)
    return file


def _make_slides(databases: Databases, asked: Asked, tell: Progress) -> bytes:
    tell(ASKING, 0, 1)
    deck = _deck(databases, asked)
    tell(WRITING, 0, 1)
    file = slides_file.write(deck, asked.made_on)
    tell(CHECKING, 0, 1)
    slides_check.check(file, _deck(databases, asked))
    tell(CHECKING, 1, 1)
    return file


def _deck(databases: Databases, asked: Asked) -> Deck:
    """The slides of the agenda of the nearest meeting, or the usual ones of another node."""
    scope = asked.scope
    with reading(databases.live) as connection:
        now = scope.as_frozen(None)
        code = asked.frozen.meeting if asked.frozen else ""
        meeting = held.one(connection, now, code) if code else held.committee_near(connection, now)
        items = agendas.agenda_of(connection, meeting.code) if meeting else agendas.DEFAULT
    if not scope.node.is_district:
        shown = (item for item in agendas.DEFAULT if item.screen not in agendas.OF_DISTRICT)
        items = tuple(replace(item, node=str(scope.node)) for item in shown)
    with reading(databases.of(scope)) as connection:
        return building.deck(
            connection,
            building.Asked(
                scope,
                asked.before,
                items,
                meeting,
                is_demonstration(connection),
                catalogue(current(connection)),
                partial(_figures, databases),
                None if asked.frozen else asked.made_on,
            ),
        )


def _book(asked: Asked, content: Content, listed: Behind) -> Book:
    return sheets.book(content, listed, made_on=asked.made_on, frozen=asked.frozen)


def _behind(databases: Databases, asked: Asked, earlier: Behind | None = None) -> Behind:
    with reading(databases.of(asked.scope)) as connection:
        return behind.read(
            connection, asked.scope, names_in_full=asked.names_in_full, earlier=earlier
        )


def gather(databases: Databases, asked: Asked, earlier: Content | None = None) -> Content:
    """The data of the briefing, read now; for a freeze its stored figures are used.

    What takes long to count is taken from `earlier` if the data have not changed since.
    """
    scope, before = asked.scope, asked.before
    with reading(databases.of(scope)) as connection:
        content_read = content.read(connection, scope, before, earlier)
    if scope.frozen is None and before.frozen is None:
        return content_read
    return content_read.with_figures(_figures(databases, scope), _figures(databases, before))


def _figures(databases: Databases, scope: Scope) -> Readings:
    """The figures of `scope`: those stored by its freeze if there are any, else counted.

    Figures whose ledgers have no row yet are not known.
    """
    with reading(databases.of(scope)) as connection:
        since = unentered.first_days(connection)
    return unentered.without_unentered(_counted(databases, scope), since, scope.as_of)


def _counted(databases: Databases, scope: Scope) -> Readings:
    if scope.frozen is not None and not scope.limited:
        with reading(databases.live) as connection:
            if freezes.line(connection, scope.frozen).as_of == scope.as_of:
                return freezes.readings(connection, scope, scope.frozen)
    with reading(databases.of(scope)) as connection:
        return figures.read(connection, scope, catalogue(current(connection)))
