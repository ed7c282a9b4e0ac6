"""The units with a problem found by a check, and those with items that nobody checked for a year,
each with what is to be done next."""

from collections.abc import Collection, Iterable, Mapping, Sequence

import streamlit as st

from dashboard import act_words
from dashboard.act_words import ToBeDone
from dashboard.charts.status_colours import Tone
from dashboard.frame.view import View
from dashboard.i18n import _
from dashboard.screens import next_acts
from dashboard.widgets import ways
from dashboard.widgets.drawing import heading
from dashboard.widgets.silence import draw_if_silent
from dashboard.widgets.tables import table
from models.audit import CheckResult
from models.rules.light import Light

AT_FIRST = 10
"""The units of a list that are shown at first."""
NAMED = 2
"""The most content items that are named of a unit; more are counted."""
Checks = Sequence[Mapping[str, object]]
"""Latest checks of units: `code`, `unit` and `light` (of the unit), `item`, `state` (None if it was
not checked within a year)."""


def gaps(view: View, checks: Checks) -> None:
    """Draw two lists of units, each with its content items: those with a problem, those not
    checked."""
    problems, unchecked = _items(checks, CheckResult.PROBLEM), _items(checks, None)
    if not problems and not unchecked:
        heading(_("No problem, and nothing unchecked"))
        if not draw_if_silent(view):
            st.caption(_("Every item was checked at every unit within the last year."))
        return
    of = len({check["item"] for check in checks})
    names = {str(check["code"]): str(check["unit"]) for check in checks}
    if problems:
        asked = next_acts.by_next_meeting(view, _(act_words.RECHECK), _("the unit"))
        n = sum(map(len, problems.values()))
        title = _("Checks that found a problem: {n}, at {units} units", n=n, units=len(problems))
        heading(title, _("click to see the unit"))
        done = dict.fromkeys(problems, asked)
        _list(view, problems, names, of, Tone.BAD, _("Problem found"), "net-problems", done)
    if unchecked:
        n = sum(map(len, unchecked.values()))
        title = _("Not checked within a year: {n}, at {units} units", n=n, units=len(unchecked))
        heading(title, _("click to see the unit"))
        silent = {str(check["code"]) for check in checks if check["light"] is Light.GREY}
        done = to_check(view, unchecked, silent)
        _list(view, unchecked, names, of, Tone.WARN, _("Not checked"), "net-unchecked", done)


def to_check(view: View, units: Iterable[str], silent: Collection[str]) -> dict[str, ToBeDone]:
    """Return by unit what is to be done about items that nobody checked: its competent department
    has them checked; a unit of the `silent`, which have reported nothing, first reports."""
    departments = next_acts.departments(units)
    return {
        unit: next_acts.by_next_meeting(view, _(act_words.REPORT), _("the unit"))
        if unit in silent
        else next_acts.by_next_meeting(view, _(act_words.CHECK), departments.get(unit, ""))
        for unit in units
    }


def _items(checks: Checks, state: CheckResult | None) -> dict[str, list[str]]:
    """Return by unit the items whose check stands in `state`, the units with the most first."""
    found: dict[str, list[str]] = {}
    for check in checks:
        if check["state"] == state:
            found.setdefault(str(check["code"]), []).append(str(check["item"]))
    return dict(sorted(found.items(), key=lambda each: -len(each[1])))


def _list(
    view: View,
    items: Mapping[str, Sequence[str]],
    names: Mapping[str, str],
    of: int,
    tone: Tone,
    title: str,
    key: str,
    done: Mapping[str, ToBeDone],
) -> None:
    """Draw the units with the number of their `items` in the colour of `tone`, the items under
    `title`, and what is to be `done` next; each leads to the unit."""
    units = list(items)
    table(
        {
            _("Unit"): [names[unit] for unit in units],
            _("Items"): [(len(items[unit]), tone) for unit in units],
            title: [_named(items[unit], of) for unit in units],
            next_acts.heading(): [next_acts.cell(view, done[unit]) for unit in units],
        },
        key=key,
        says=title,
        onward=lambda row: ways.unit_way(units[row]),
        first=AT_FIRST,
        cards={
            _("Items"): _("items: {n}", n="{n}"),
            title: "{n}",
            next_acts.heading(): next_acts.card(),
        },
    )


def _named(items: Sequence[str], of: int) -> str:
    """Return the names of the first content items; all of them are counted beside the names."""
    if len(items) == of:
        return _("all items")
    names = _(", ").join(items[:NAMED])
    return names if len(items) <= NAMED else _("{items} and others", items=names)
