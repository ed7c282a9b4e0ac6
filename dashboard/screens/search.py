"""Search results: units, findings, and persons for viewers who may read names; without a text,
what can be found."""

from collections.abc import Mapping

import streamlit as st

from dashboard import address, reads
from dashboard.elements import board
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.markdown import literal
from dashboard.screens.rectification.ledger import rows as finding_rows
from dashboard.screens.searchable import searchable, to_all
from dashboard.screens.unit import light_of
from dashboard.status import Status
from dashboard.widgets import ways
from dashboard.widgets.drawing import heading
from dashboard.widgets.tables import table
from data import search
from data.findings import ledger
from data.findings.ledger import FindingFilter
from data.nodes import DISTRICT, parse

MOST = 50
"""The most findings shown; the ledger shows the others."""
MOST_NAMED = 1000
"""The most units and persons found, each; their lists show the first until all are asked for."""
LONGEST = 100
"""Characters of a search text that are used; the rest is ignored."""


def asked_for() -> str:
    """Return the text in the address that is searched for; "" without one."""
    return address.of_page("q").strip()[:LONGEST]


def found(view: View) -> None:
    """Draw what is found in everything the viewer may see, whatever node is in the address; without
    a text, and below where nothing is found, what can be found."""
    text = asked_for()
    if not text:
        searchable(view)
        return
    scope = view.scope.at(parse(DISTRICT))
    units = reads.ask(search.units, scope, text, MOST_NAMED)
    persons = reads.ask(search.persons, scope, text, MOST_NAMED, names_in_full=view.names_in_full)
    wanted = FindingFilter(text=text)
    sizes = reads.ask(ledger.counts, scope, wanted)
    if not units and not persons and not sum(sizes):
        st.info(_("Nothing was found for “{text}”.", text=literal(text)))
        searchable(view)
        return
    st.caption(_summary(view, text, len(units), sum(sizes), len(persons)))
    # By unit, so that a person is told by the light of the unit that he or she answers for.
    lights = {unit.code: light_of(unit) for unit in reads.units(scope)}
    if units:
        _units(units, lights)
    if sum(sizes):
        lines = reads.ask(ledger.findings_on_page, scope, wanted, sizes, 0, MOST)
        heading(
            _("Findings"),
            _("{shown} of {n}, the worst first", shown=len(lines), n=sum(sizes)),
        )
        finding_rows(view, lines, key="search-findings")
        onward = board.way("rectification", tab="ledger", text=text)
        to_all("findings", len(lines), sum(sizes), onward)
    if persons:
        _persons(persons, lights)


def _summary(view: View, text: str, units: int, findings: int, persons: int) -> str:
    """Return in a line what is found for `text`; persons only if the viewer may read names."""
    found = {"text": literal(text), "units": units, "findings": findings}
    if not view.names_in_full:
        return _("“{text}”: units {units}, findings {findings}", **found)
    return _(
        "“{text}”: units {units}, findings {findings}, persons {persons}", persons=persons, **found
    )


def _units(units: tuple[search.UnitFound, ...], lights: Mapping[str, Status | None]) -> None:
    heading(_("Units"), _("{n} found; click one to see it", n=len(units)))
    cells: dict[str, list[object]] = {_("Unit"): [unit.name for unit in units]}
    if any(unit.other_names for unit in units):
        cells[_("Other names")] = [_(", ").join(unit.other_names) for unit in units]
    cells[_("Light")] = [lights.get(unit.code) for unit in units]
    cells[_("Kind")] = [name(unit.kind.label) for unit in units]
    cells[_("Unit code")] = [unit.code for unit in units]
    table(
        cells,
        key="search-units",
        says=_("Units that were found"),
        onward=lambda row: ways.unit_way(units[row].code),
    )


def _persons(persons: tuple[search.PersonFound, ...], lights: Mapping[str, Status | None]) -> None:
    heading(_("Persons in post"), _("{n} found; click one to see the unit", n=len(persons)))
    table(
        {
            _("Name of the person"): [person.name for person in persons],
            _("Light of the unit"): [lights.get(person.unit) for person in persons],
            _("Post"): [name(person.role.label) for person in persons],
            _("Unit"): [person.unit_name for person in persons],
        },
        key="search-persons",
        says=_("Persons that were found"),
        onward=lambda row: ways.unit_way(persons[row].unit),
    )
