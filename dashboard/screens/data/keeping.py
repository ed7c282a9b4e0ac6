"""The history of imports, downloads of workbooks, and checks of the quality of the data."""

from fractions import Fraction
from io import BytesIO

import streamlit as st

from dashboard import clock, reads
from dashboard.charts.status_colours import Tone
from dashboard.elements import board, matters
from dashboard.elements.board import Part
from dashboard.elements.lists import Cell
from dashboard.frame.view import View
from dashboard.i18n import _, catalogue, language, name, say
from dashboard.markdown import literal
from dashboard.screens import next_acts
from dashboard.screens.data import check_next, odd, senders, to_settle, waiting
from dashboard.screens.data.counts import show_counts
from dashboard.screens.data.latest import file_of
from dashboard.screens.data.undoing import undoing
from dashboard.widgets import asked, ledger_columns, sentence, tiles, ways
from dashboard.widgets.downloads import XLSX, hand_out
from dashboard.widgets.drawing import heading, still
from dashboard.widgets.silence import draw_if_silent
from dashboard.widgets.tables import table
from data import quality
from data.access.permission import Action, Viewer
from data.coverage import entries, unentered
from data.intake import kept_warnings
from data.ledgers import exporting, imports
from data.ledgers.offers import offers
from data.quality import Check
from data.store.database import reading
from data.workbook.outgoing import starter, starter_sheets, template, writing
from models.rectification import Finding
from models.registry import BY_ID, LEDGERS
from models.rules import worsening
from models.rules.trust import Trust

IMPORTS_SHOWN = 100
CHOSEN = "keeping-chosen"


def history(view: View) -> None:
    """Draw the imports, the latest first; a click shows what one of them changed."""
    import_lines = reads.ask(imports.imports, IMPORTS_SHOWN, view.scope)
    heading(_("Imports"), _("the latest first; click one to see what it did"))
    if not import_lines:
        st.caption(_("Nothing has been taken in yet."))
        return
    table(
        {
            _("Number"): [line.number for line in import_lines],
            _("Taken in"): [f"{clock.local(line.at):%Y-%m-%d %H:%M}" for line in import_lines],
            _("Day"): [line.day for line in import_lines],
            _("Account"): [line.account for line in import_lines],
            _("File"): [file_of(line) for line in import_lines],
            _("Sender"): [senders.sender_name(line.sender) for line in import_lines],
            "SHA-256": [line.sha256[:12] for line in import_lines],
            _("New"): [line.new for line in import_lines],
            _("Changed"): [line.changed for line in import_lines],
            _("Taken out"): [line.removed for line in import_lines],
            _("Reason"): [line.reason for line in import_lines],
        },
        key="keeping-imports",
        says=_("Imports"),
        on_pick=lambda row: _choose(import_lines[row].number),
    )
    chosen = next(
        (line for line in import_lines if line.number == st.session_state.get(CHOSEN)),
        import_lines[0],
    )
    heading(_("Import {number}", number=chosen.number), _("rows by ledger"))
    counts = {
        ledger: {"new": new, "changed": changed, "equal": equal}
        for ledger, new, changed, equal, _removed in chosen.ledgers
        if ledger in BY_ID
    }
    show_counts(counts)
    undoing(chosen.number)


def _choose(number: int) -> None:
    st.session_state[CHOSEN] = number


def workbooks(view: View) -> None:
    """Draw the downloads: the empty template for everybody, the ledgers for viewers of the whole
    district."""
    heading(_("Template"), _("every sheet with its columns, drop-downs and explanations"))
    hand_out(
        _("Empty template (.xlsx)"),
        _template,
        subject="template",
        file_name=_("Gridlight template") + ".xlsx",
        mime=XLSX,
        key="keeping-template",
    )
    _starter(view)
    heading(_("Ledgers"), _("as a workbook that can be taken in again"))
    if not may_take_out(view.viewer):
        st.caption(
            _("Whole ledgers are for accounts that see the whole district; lists have downloads.")
        )
        return
    node = view.scope.node

    def ledgers() -> bytes:
        target = BytesIO()
        with reading(reads.engine_of(view.scope)) as connection:
            writing.export(target, exporting.rows(connection, node))
        return target.getvalue()

    hand_out(
        _("Ledgers of {node} (.xlsx)", node=literal(ways.node_name(view))),
        ledgers,
        subject=f"ledgers {node}",
        file_name=_("Ledgers") + f" {node} {view.as_of}.xlsx".replace(":", "-"),
        mime=XLSX,
        key="keeping-ledgers",
    )


def _starter(view: View) -> None:
    """Draw the download of a template with a few sheets, chosen by ledger."""
    chosen = st.multiselect(
        _("To start with"),
        [ledger for ledger in LEDGERS if ledger not in starter.ALWAYS],
        default=[Finding],
        format_func=lambda ledger: name(ledger.SHEET),
        key="keeping-starter-ledgers",
        help=_("Units and their other names come first; each sheet has an example, not read."),
    )
    # A unit that the viewer may not see is not offered either.
    offered = may_take_out(view.viewer)

    def content() -> bytes:
        target = BytesIO()
        known = starter_sheets.Offers()
        if offered:
            with reading(reads.engine_of(view.scope)) as connection:
                known = offers(connection, LEDGERS)
        sheets = starter.sheets_for(chosen, known, whole=True)
        starter.write(target, sheets, known, reads.references(), say)
        return target.getvalue()

    hand_out(
        _("Template to start with (.xlsx)"),
        content,
        subject="template to start with",
        file_name=_("Gridlight template") + " " + _("to start with") + ".xlsx",
        mime=XLSX,
        key="keeping-starter",
    )


def may_take_out(viewer: Viewer) -> bool:
    """Return whether the viewer may download whole ledgers, which name persons and units of all
    sectors."""
    unlimited = viewer.sectors is None and viewer.units is None
    return unlimited and viewer.may(Action.EXPORT) and viewer.may(Action.SEE_NAMES)


def _template() -> bytes:
    target = BytesIO()
    template.write(target, reads.references(), language(), catalogue(language()).gettext)
    return target.getvalue()


def trust(view: View) -> None:
    """Draw the rows that wait, the warnings, and the checks for silent or missing data, worst
    first."""
    _in_a_sentence(view)
    waiting.show(view)
    odd.show(view)
    _checks(view)
    counted = [check for check in _ordered(view) if check.count]
    if not counted:
        if not draw_if_silent(view) and all(_entered(view, each) for each in _ordered(view)):
            message = _("What is entered has no gaps and no anomalies.")
            st.caption(message)
        return
    choices = {check.code: f"{_(check.title)} {check.count}" for check in _ordered(view)}
    chosen = asked.choose("check", _("Rows of"), choices, counted[0].code)
    _rows(view, chosen)


@still
def _in_a_sentence(view: View) -> None:
    """Draw whether the data are complete, what nobody has confirmed, and how many ledgers some
    units only have entered, each a way to it."""
    ledgers = reads.ask(entries.of_ledgers, view.scope, view.since)
    partial = sum(each.whole.trust is Trust.PARTIAL for each in ledgers)
    pieces = [*to_settle.complete(view)]
    if any(each["change"] for each in pieces):
        pieces.append(tiles.said_against(view))
    if not reads.looked_at() and (
        unconfirmed := reads.ask_now(kept_warnings.unconfirmed, view.scope)
    ):
        pieces.append(matters.piece(_("anomalies {n}", n=len(unconfirmed)), Tone.WARN))
    if partial:
        text = _("ledgers entered by some units only {n}", n=partial)
        pieces.append(matters.piece(text, Tone.SILENT, board.way("data", tab="entered")))
    sentence.draw(pieces, "data-quality-say")


def _ordered(view: View) -> list[Check]:
    """Return the checks, those with the most rows first."""
    return sorted(reads.ask(quality.checks, view.scope), key=lambda check: -check.count)


def _entered(view: View, check: Check) -> bool:
    """Return whether any unit has a row of the ledger that the check looks through."""
    return unentered.has_rows(reads.first_days(view.scope), check.ledger.id(), view.as_of)


@still
def _checks(view: View) -> None:
    """Draw the checks with their rows, how many more or fewer these are than on the day of
    comparison, and what is to be done about them, by whom and until when."""
    ordered = _ordered(view)
    before = reads.ask(quality.counts, view.before)
    found: list[Cell] = [
        (check.count, Tone.WARN if check.count else None) if _entered(view, check) else None
        for check in ordered
    ]
    heading(_("Data quality"), _("what the figures cannot know; number of rows on the day"))
    table(
        {
            _("Check"): [_(check.title) for check in ordered],
            _("Rows"): found,
            _("Since {day}", day=view.since): [
                _change(check.count, before[check.code]) for check in ordered
            ],
            next_acts.heading(): [check_next.cell(view, check) for check in ordered],
            _("Why it matters"): [_(check.why) for check in ordered],
        },
        key="keeping-checks",
        says=_("Data quality"),
        columns={_("Why it matters"): st.column_config.TextColumn(width="large")},
        cards={
            _("Rows"): "{n}",
            _("Since {day}", day=view.since): "{n}",
            next_acts.heading(): next_acts.card(),
        },
    )


def _change(count: int, before: int) -> Cell:
    """Return by how many rows a check finds more or fewer than `before`; more is for the worse, and
    red by the rule of figures."""
    more = count - before
    if more <= 0:
        return (f"▼ {-more}", Tone.GOOD) if more else _("±0")
    if worsening.is_grave(Fraction(count), Fraction(before), is_share=False):
        return f"▲ {more}", Tone.BAD
    return _("{change} worse", change=f"▲ {more}")


@still
def _rows(view: View, code: str) -> None:
    """Draw the rows of the check with this code."""
    check = next(check for check in _ordered(view) if check.code == code)
    if not check.rows:
        st.caption(_("What is entered has no gaps and no anomalies."))
        return

    def onward(row: int) -> Part | None:
        if check.ledger is Finding:
            return ways.finding_way(str(check.rows[row].values["code"]))
        return ways.unit_way(check.rows[row].unit)

    known = check.rows[0].values
    parts = ledger_columns.parts([column for column in check.ledger.columns if column.id in known])
    shown = ledger_columns.cells(
        (*parts.about, *parts.rest, *parts.last), [row.values for row in check.rows]
    )
    table(
        {_("Unit"): [row.unit_name for row in check.rows], **shown},
        key="keeping-odd",
        says=_(check.title),
        onward=onward,
        columns=ledger_columns.settings(parts, shown),
    )
    if check.count > len(check.rows):
        st.caption(_("The first {n} of {all} rows.", n=len(check.rows), all=check.count))
