"""What a search can find, with examples from what the viewer may see, each a link to its search."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from dashboard import going, reads
from dashboard.elements import board, matters
from dashboard.elements.board import Part
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.navigation import SEARCH
from dashboard.screens import next_acts, open_warnings, unit_light, what_changed
from dashboard.screens.unit import light_of
from dashboard.widgets.drawing import heading, still
from dashboard.widgets.place import look
from dashboard.widgets.tables import table
from data.figures.units import UnitLine
from data.findings import ledger
from data.findings.ledger import FindingFilter
from data.nodes import DISTRICT, parse
from data.responsibilities import in_charge
from models.duty import PostRole
from models.rules.light import Light

EXAMPLES, NAMED = 10, 12
"""The most examples of findings, and of units and persons, which take a line each."""
BOX = "search-text"
"""The key of the box on the page; the script of the keys puts the cursor into it."""


def searchable(view: View) -> None:
    """Draw a box for a text, and what can be found by it, each kind with examples."""
    st.text_input(
        _("Name, code or a part of it"),
        placeholder=_("a unit, a finding or a person"),
        key=BOX,
        type="search",
        icon=":material/search:",
        on_change=_search,
        width=640,
    )
    _examples(view)


def to_all(what: str, shown: int, in_all: int, onward: Part, text: str = "") -> None:
    """Draw the way to all `in_all` of `what`, which `text` names, if only `shown` of them are
    listed."""
    if shown == in_all:
        return
    rest = matters.note(text or _("all {n} ›", n=in_all), onward)
    region = board.region("all", rest, name=_("The way to all"), plain=True)
    board.board(f"search-all-{what}", [region], layout="stack", look=look())


def _search() -> None:
    if text := str(st.session_state[BOX] or "").strip():
        going.go(SEARCH.name, q=text)


@still
def _examples(view: View) -> None:
    worst = _worst(view)
    persons = view.names_in_full
    kinds = st.columns([3, 5, 2] if persons else [3, 5], border=True)
    with kinds[0]:
        _units(view, worst)
    with kinds[1]:
        _findings(view)
    if persons:
        with kinds[2]:
            _persons(view, worst)
    _lately(view)


def _lately(view: View) -> None:
    """Draw what changed since the day of comparison beside the open warnings; nothing without
    both."""
    of_all = replace(view, scope=view.scope.at(parse(DISTRICT)))
    regions = [
        *what_changed.listed(of_all, place="main"),
        *open_warnings.listed(of_all, place="beside", names_units=True),
    ]
    if regions:
        board.board("search-lately", regions, layout="sides", look=look())


def _worst(view: View) -> Sequence[UnitLine]:
    """Return the units in the grid that the viewer may see, the worst light first."""
    order = list(Light)
    lit = [each for each in reads.units(view.scope.at(parse(DISTRICT))) if each.light is not None]
    return sorted(lit, key=lambda each: order.index(each.light) if each.light else len(order))


def _units(view: View, worst: Sequence[UnitLine]) -> None:
    """Draw the units whose light is worst, and why it is so."""
    shown = worst[:NAMED]
    says = _("by any name or code; {counted}", counted=_counted(len(shown), len(worst)))
    heading(_("Units"), says)
    if not shown:
        st.caption(_("No unit is in the grid yet."))
        return
    scope = view.scope.at(parse(DISTRICT))
    wanting = [unit.code for unit in shown if unit.light is not Light.GREEN]
    why = unit_light.in_short(scope, wanting)
    table(
        {
            _("Unit"): [unit.name for unit in shown],
            _("Light"): [light_of(unit) for unit in shown],
            _("Why this light"): [why.get(unit.code) for unit in shown],
            _("Unit code"): [unit.code for unit in shown],
        },
        key="search-example-units",
        says=_("Units to search for"),
        onward=lambda row: _search_way(shown[row].name),
        spare=(_("Unit code"),),
        cards={_("Why this light"): "{n}"},
    )
    to_all("units", len(shown), len(worst), board.way("coverage", tab="units"))


def _findings(view: View) -> None:
    """Draw the findings that press most, with what is next, by whom and by when."""
    scope, wanted = view.scope.at(parse(DISTRICT)), FindingFilter()
    sizes = reads.ask(ledger.counts, scope, wanted)
    lines = reads.ask(ledger.findings_on_page, scope, wanted, sizes, 0, EXAMPLES)
    counted = _counted(len(lines), sum(sizes))
    heading(_("Findings"), _("by title, code, category or unit; {counted}", counted=counted))
    if not lines:
        st.caption(_("No finding is entered yet."))
        return
    table(
        {
            _("Finding"): [line.finding.title for line in lines],
            _("Overdue (days)"): [line.days_over(view.as_of) or None for line in lines],
            _("Unit"): [line.unit_name for line in lines],
            next_acts.heading(): [
                next_acts.cell(view, next_acts.of_line(view, line)) for line in lines
            ],
            _("Finding code"): [line.finding.code for line in lines],
        },
        key="search-example-findings",
        says=_("Findings to search for"),
        onward=lambda row: _search_way(lines[row].finding.code),
        late=(_("Overdue (days)"),),
        spare=(_("Finding code"),),
        cards={
            _("Overdue (days)"): _("overdue by {n} days", n="{n}"),
            _("Unit"): "{n}",
            next_acts.heading(): next_acts.card(),
        },
    )
    to_all("findings", len(lines), sum(sizes), board.way("rectification", tab="ledger"))


def _persons(view: View, worst: Sequence[UnitLine]) -> None:
    """Draw the principals of the units whose light is worst."""
    scope = view.scope.at(parse(DISTRICT))
    principals = reads.ask(in_charge.principals, scope, names_in_full=view.names_in_full)
    everybody = [(each, person) for each in worst for person in principals.get(each.code, ())]
    shown = everybody[:NAMED]
    says = _("by name; principals, {counted}", counted=_counted(len(shown), len(everybody)))
    heading(_("Persons in post"), says)
    if not shown:
        st.caption(_("Nobody is entered yet."))
        return
    table(
        {
            name(PostRole.PRINCIPAL.label): [person for _unit, person in shown],
            _("Light of the unit"): [light_of(unit) for unit, _person in shown],
            _("Unit"): [unit.name for unit, _person in shown],
        },
        key="search-example-persons",
        says=_("Persons to search for"),
        onward=lambda row: _search_way(shown[row][1]),
    )
    # The tab has all who hold a post, not principals alone, so that the number would be another.
    onward = board.way("responsibilities", tab="people")
    to_all("persons", len(shown), len(everybody), onward, _("all persons in post ›"))


def _counted(shown: int, in_all: int) -> str:
    """Return how many of how many are listed, and that a click searches for one."""
    if shown < in_all:
        return _("the worst {shown} of {n}, click an example", shown=shown, n=in_all)
    return _("the worst first, click an example")


def _search_way(text: str) -> Part:
    return board.way(SEARCH.name, q=text)
