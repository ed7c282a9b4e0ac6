"""The briefing page: the text of the briefing, and its file, made on request."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

import streamlit as st
from sqlalchemy import Connection

from dashboard import clock, identity, reads
from dashboard.charts.picture import FontsMissing
from dashboard.charts.status_colours import SHAPES, Tone
from dashboard.documents.briefing import document as telling
from dashboard.documents.briefing import making
from dashboard.documents.briefing.blocks import Block, Chart, Document, Kind, Paragraph
from dashboard.documents.briefing.content import read as read_content
from dashboard.documents.briefing.document import Issue, Version
from dashboard.documents.briefing.making import Asked, Databases, Form
from dashboard.documents.briefing.phrases import Pieces, Quoted, plain, text_of
from dashboard.documents.briefing.pictures import PicturesFailedError
from dashboard.documents.official.differing import FigureDiffersError
from dashboard.documents.official.file_types import DOCX, PPTX
from dashboard.frame.view import View
from dashboard.i18n import LANGUAGES, _, language, use_language
from dashboard.markdown import literal, told
from dashboard.reads import cache
from dashboard.screens import briefing_lead
from dashboard.widgets import asked as asking
from dashboard.widgets import buttons, counted_today, tiles
from dashboard.widgets.downloads import XLSX, hand_out
from dashboard.widgets.drawing import heading, still
from dashboard.widgets.panels import panel
from data.access.permission import Action
from data.documents import masthead
from data.documents.masthead import Masthead, MastheadRefusedError
from data.meetings.freezes import FreezeLine
from data.scope import Scope
from data.store.database import writing
from models.text import N_

TYPES = {Form.WORD: DOCX, Form.WORKBOOK: XLSX, Form.SLIDES: PPTX}
CIRCULATED, CHECKED, WORKBOOK, SLIDES = "docx", "checked", "xlsx", "pptx"
KINDS = {
    CIRCULATED: N_("For circulation (Word)"),
    CHECKED: N_("Checked version (Word)"),
    WORKBOOK: N_("Workbook"),
    SLIDES: N_("Slides of the agenda (PowerPoint)"),
}
"""The kinds of file to choose from, by their code in the address."""
IN_HEAD = (
    *(Kind.MARK, Kind.SERIES, Kind.ISSUE, Kind.ISSUER),
    *(Kind.TITLE, Kind.SUBTITLE, Kind.NOTE),
)
"""The kinds of paragraphs above the text of a bulletin."""
MADE = "briefing-made"
"""The session key of the file that was made last, with its settings."""
SECONDS = N_("It takes a few seconds. The file is read back and compared before it is offered.")
Key = tuple[object, ...]
# Characters that some operating system does not allow in file names.
UNFIT = re.compile(r'[\x00-\x1f<>:"/\\|?*]')


def briefing(view: View) -> None:
    """Draw the text of the briefing, and beside it the controls and the file."""
    ordered = [language(), *(each for each in LANGUAGES if each != language())]
    briefing_lead.in_a_sentence(view)
    with st.container(key="briefing-page"):
        # page.css lays them out: on a desk the text stands on the left of the other two.
        acts = st.container(key="briefing-first")
        says = st.container(key="briefing-text")
        controls = st.container(key="briefing-file")
    with controls, panel():
        heading(_("Make the briefing"))
        spoken = asking.pick(
            "in", _("Language of the file"), {each: LANGUAGES[each] for each in ordered}
        )
        kind = asking.pick("form", _("Kind of file"), {each: _(KINDS[each]) for each in KINDS})
        form = Form(kind) if kind in (WORKBOOK, SLIDES) else Form.WORD
        version = Version.CHECKED if kind == CHECKED else Version.CIRCULATION
        if view.viewer.may(Action.EXPORT):
            _file(view, form, version, spoken)
        else:
            st.caption(_("Your role may not take files away."))
        if view.viewer.may(Action.ISSUE):
            _masthead()
    with says, asking.clipped("briefing", _("Whole text")), panel():
        _says(view, spoken, version, clock.today())
    with acts:
        told = _asked(view, spoken, version, clock.today())
        briefing_lead.first_to_act(view, told.limits)


def _asked(view: View, spoken: str, version: Version, made_on: date) -> Document:
    return reads.ask(_told, view.scope, view.before, spoken, made_on, view.frozen, version)


@still
def _says(view: View, spoken: str, version: Version, made_on: date) -> None:
    blocks = _asked(view, spoken, version, made_on).blocks
    first = next((at for at, block in enumerate(blocks) if _opens(block)), len(blocks))
    with st.container(key="briefing-head"):
        with use_language(spoken):
            cut = _(tiles.CUT)
        st.markdown("\n\n".join(_head(blocks[:first], cut)), text_alignment="center")
    # One element for each column of text: a briefing has about a hundred sentences.
    apart = _first_asking(blocks) if version is Version.CIRCULATION else len(blocks)
    with st.container(key=f"briefing-{version}"):
        for column in (blocks[first:apart], blocks[apart:]):
            if column:
                st.markdown("\n\n".join(_texts(column, spoken)))


def _opens(block: Block) -> bool:
    """Return whether a block opens the text below the head of the bulletin."""
    return not isinstance(block, Paragraph) or block.kind not in IN_HEAD


def _first_asking(blocks: Sequence[Block]) -> int:
    """Return the place of the first heading below which somebody is asked to act, all that stands
    before it says how things are; the length of `blocks` if nobody is."""
    heading = 0
    for at, block in enumerate(blocks):
        if isinstance(block, Paragraph):
            if block.kind is Kind.HEADING:
                heading = at
            elif any(isinstance(piece, Quoted) and piece.strong for piece in block.pieces):
                return heading
    return len(blocks)


def _told(
    connection: Connection,
    scope: Scope,
    before: Scope,
    spoken: str,
    made_on: date,
    frozen: FreezeLine | None,
    version: Version,
) -> Document:
    """Return the document in the language `spoken`."""
    content = read_content(connection, scope, before)
    if scope.frozen is not None or before.frozen is not None:
        content = content.with_figures(reads.figures_of(scope), reads.figures_of(before))
    with use_language(spoken):
        issue = Issue(made_on, masthead.current(connection), frozen)
        return telling.document(content, issue, version)


def _masthead() -> None:
    """Draw the form for the masthead and issuer of the bulletin and of letters."""
    kept = reads.ask_now(masthead.current)
    with st.expander(_("Masthead")), st.form("briefing-masthead", border=False):
        wanted = Masthead(
            st.text_input(
                _("Name of the bulletin"),
                kept.series,
                max_chars=masthead.LONGEST,
                placeholder=_("Bulletin of audit supervision"),
                key="briefing-series",
            ),
            st.text_input(
                _("Issuing body"),
                kept.issuer,
                max_chars=masthead.LONGEST,
                placeholder=_("Office of the audit committee"),
                help=_("It signs bulletins and letters."),
                key="briefing-issuer",
            ),
            st.text_input(
                _("Number of the issue"),
                kept.number,
                max_chars=masthead.LONGEST,
                placeholder=_("No.      "),
                help=_("As it is printed. Without one, there is room to write it by hand."),
                key="briefing-number",
            ),
        )
        if st.form_submit_button(_("Save the masthead")):
            _keep(wanted)


def _keep(wanted: Masthead) -> None:
    viewer = identity.require_viewer()
    try:
        with writing(cache.engine()) as connection:
            masthead.change(connection, viewer, wanted, identity.act())
    except MastheadRefusedError as refused:
        st.error(told(refused.sentence))
        return
    cache.forget_version()
    st.rerun()


def _file(view: View, form: Form, version: Version, spoken: str) -> None:
    """Draw the button that makes the file, then the file until one of its settings changes."""
    key: Key = (view.scope, view.before, form, version, spoken, cache.version(), clock.today())
    if st.button(
        _("Make the briefing"),
        type=buttons.main_button_type(),
        key="briefing-make",
        width="stretch",
        help=" ".join((_(SECONDS), *counted_today.dated_as_figures(view))),
    ):
        st.session_state.pop(MADE, None)
        if file := _make(view, form, version, spoken):
            st.session_state[MADE] = (key, file)
    made: tuple[Key, bytes] | None = st.session_state.get(MADE)
    if made is None:
        return
    if made[0] != key:
        st.caption(_("What was made before is not of what is asked now. Make it again."))
        return
    hand_out(
        _("Download the briefing (.{form})", form=form),
        lambda: made[1],
        subject=f"briefing {form} {view.scope.node} {view.as_of}",
        file_name=_name(view, form, version, spoken),
        mime=TYPES[form],
        key="briefing-download",
        width="stretch",
    )


def _make(view: View, form: Form, version: Version, spoken: str) -> bytes | None:
    """Return the file; None, after showing the reason, if it may not be handed out."""
    asked = Asked(
        view.scope,
        view.before,
        clock.today(),
        names_in_full=view.names_in_full,
        frozen=view.frozen,
        version=version,
    )
    own = language()
    with st.status(_("Making the briefing")) as status:

        def tell(stage: str, done: int, of: int) -> None:
            with use_language(own):
                status.update(label=f"{_(stage)} {done}/{of}" if of > 1 else _(stage))

        databases = Databases(cache.engine(), reads.engine_of)
        try:
            with use_language(spoken):
                file = making.make(databases, asked, form, tell)
        except (FigureDiffersError, FontsMissing, PicturesFailedError) as error:
            status.update(label=_("Not made"), state="error")
            failed = error
        else:
            message = _("Made; every figure in it was compared with the database.")
            status.update(label=message, state="complete")
            return file
    _tell(failed)
    return None


def _tell(error: FigureDiffersError | FontsMissing | PicturesFailedError) -> None:
    if isinstance(error, FigureDiffersError):
        st.error(told(error.sentence))
        return
    reason = str(error) or _("the renderer ended before its time")
    st.error(_("The charts could not be drawn: {reason}", reason=reason))


def _name(view: View, form: Form, version: Version, spoken: str) -> str:
    with use_language(spoken):
        title = _("Briefing on the economic-security audit grid")
        if form is Form.WORD and version is Version.CHECKED:
            title = _("{title} (checked version)", title=title)
    node = "" if view.scope.node.is_district else f" {view.scope.node}"
    return UNFIT.sub("-", f"{title}{node} {view.as_of}.{form}")


def _head(blocks: Sequence[Block], cut: str) -> Iterator[str]:
    """Yield the head of the bulletin as on paper: its name in red, number and issuer above a line,
    the title, what it is of, and the notes, with `cut`, how decimals are written."""
    texts: dict[Kind, list[str]] = {}
    for block in blocks:
        if isinstance(block, Paragraph):
            texts.setdefault(block.kind, []).append(literal(block.lead + plain(block.pieces)))
    yield from (f":red[**{each}**]" for each in texts.get(Kind.SERIES, ()))
    # Paper leaves room for a number to be written by hand; a screen has no use for it.
    numbers = [each for each in texts.get(Kind.ISSUE, ()) if each != literal(_(telling.NO_NUMBER))]
    if issued := [*numbers, *texts.get(Kind.ISSUER, ())]:
        yield f":gray[{' · '.join(each.strip() for each in issued)}]"
        yield "---"
    yield from (f"## {each}" for each in texts.get(Kind.TITLE, ()))
    for kinds in ((Kind.SUBTITLE,), (Kind.NOTE, Kind.MARK)):
        if notes := [each for kind in kinds for each in texts.get(kind, ())]:
            if Kind.NOTE in texts and kinds[0] is Kind.NOTE:
                notes.insert(len(texts[Kind.NOTE]), literal(cut))
            yield f":gray[{' '.join(notes)}]"


def _texts(blocks: Sequence[Block], spoken: str) -> Iterator[str]:
    """Yield the sentences below the head; charts and annexes are given by their titles."""
    charts = 0
    for block in blocks:
        match block:
            case Paragraph(kind=Kind.ANNEX | Kind.ANNEX_TITLE):
                continue
            case Paragraph(kind=Kind.HEADING):
                yield f"### {literal(plain(block.pieces))}"
            case Paragraph(kind=Kind.NOTE | Kind.MARK | Kind.ANNEXES | Kind.SIGNED):
                yield f":gray[{literal(block.lead + plain(block.pieces))}]"
            case Paragraph():
                with use_language(spoken):
                    yield _bold(block.lead) + _with_strong(block.pieces)
            case Chart():
                charts += 1
                yield literal(plain(block.says))
                with use_language(spoken):
                    yield f":gray[{literal(block.numbered(charts))}]"


def _with_strong(pieces: Pieces) -> str:
    """Return a text in which what is looked for first is set in bold type; that limits are past has
    the colour and shape of what is late."""
    texts = []
    for piece in pieces:
        text = literal(text_of(piece))
        if isinstance(piece, Quoted) and piece.is_past:
            texts.append(f":yellow[**{SHAPES[Tone.WARN]} {text}**]")
        else:
            texts.append(f"**{text}**" if isinstance(piece, Quoted) and piece.strong else text)
    return "".join(texts)


def _bold(lead: str) -> str:
    # Markdown does not end bold type between a full stop and a Chinese character.
    words = lead.rstrip("。. ")
    return f"**{literal(words)}**{lead.removeprefix(words)}" if words else ""
