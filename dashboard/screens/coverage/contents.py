"""Checks of the 13 + 7 content items: which were made at which unit, how long ago, and which
never."""

from collections.abc import Iterable, Mapping, Sequence

import streamlit as st

from dashboard import address, ledger_values, reads
from dashboard.charts import coverage
from dashboard.charts.status_colours import Tone
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.screens import next_acts
from dashboard.screens.coverage import checked_items
from dashboard.screens.coverage.gaps import gaps, to_check
from dashboard.widgets import asked, ways
from dashboard.widgets.drawing import draw, heading, still
from dashboard.widgets.silence import draw_if_not_entered, draw_if_silent
from dashboard.widgets.tables import table
from data.coverage import content_ages
from data.coverage.content_ages import BlindSpots
from models.audit import CheckResult, ContentGroup, Source
from models.days import YEAR
from models.rules.light import Light

AT_ONCE = 30
"""The number of units in the heat map at a time."""
LISTED = 50
"""The most blind spots in the list."""
AT_FIRST = 12
"""Of these, those shown at first."""
ALL = "all"


@still
def heat(view: View) -> None:
    """Draw the units with a problem and those with an unchecked item, beside the result and age of
    each unit's latest check of each item; of checks from one source or all.

    A click leads to the unit.
    """
    if draw_if_not_entered(view, "content_coverage"):
        return
    sources = {ALL: _("All sources"), **{str(each): name(each.label) for each in Source}}
    with asked.filters("net-source", "source"):
        source = asked.pick("source", _("Source of the checks"), sources)
    units = [unit for unit in reads.units(view.scope) if unit.light is not None]
    page = asked.page_number(-(-len(units) // AT_ONCE))
    shown = units[(page - 1) * AT_ONCE : page * AT_ONCE]
    latest_checks = reads.ask(
        content_ages.latest_checks,
        view.scope,
        tuple(unit.code for unit in shown),
        None if source == ALL else source,
    )
    latest = {(check.unit, check.item): check for check in latest_checks}
    items = {row["code"]: _item(row["code"]) for row in reads.references().lists["content_items"]}
    rows: list[Mapping[str, object]] = []
    for unit in shown:
        for code, item in items.items():
            check = latest.get((unit.code, code))
            days = (view.as_of - check.checked_on).days if check else None
            recent = check is not None and days is not None and days < YEAR
            rows.append(
                {
                    "code": unit.code,
                    "unit": unit.name,
                    "light": unit.light,
                    "item": item,
                    "state": check.result if check and recent else None,
                    "days": days,
                }
            )
    # On a wide screen both have half of it: page.css.
    with st.container(key="net-contents"):
        wanting, checks = st.columns([3, 4], border=True)
    with wanting:
        gaps(view, rows)
    with checks, asked.folded("net-heat", _("Show every check of every unit")):
        _heat(
            view, rows, sources[source], first=(page - 1) * AT_ONCE, shown=len(shown), of=len(units)
        )


def _heat(
    view: View,
    rows: Sequence[Mapping[str, object]],
    source: str,
    *,
    first: int,
    shown: int,
    of: int,
) -> None:
    draw(
        coverage.content_heat,
        rows,
        key="net-heat",
        title=_checked_in_words(rows, source),
        says=_("days since the latest check, if over a year")
        if shown == of
        else _(
            "days since the latest check, if over a year; units {first} to {last} of {n}",
            first=first + 1,
            last=first + shown,
            n=of,
        ),
        hint=_("click to see the unit"),
        texts={
            "PROBLEM": f"! {name(CheckResult.PROBLEM.label)}",
            "NORMAL": _("Normal, ≤1 year"),
            "NOT_APPLICABLE": _("– Not applicable"),
            "NONE": _("over 1 year"),
            "NEVER": _("○ never checked"),
            "days": _("days ago"),
        },
        empty=_("No unit stood in the grid here on {day}.", day=view.as_of),
        on_choose=ways.to_unit,
        options={"upright": _upright(str(row["unit"]) for row in rows)},
    )


def _checked_in_words(rows: Sequence[Mapping[str, object]], source: str) -> str:
    """Return a title that counts the checks shown that found a problem and those that are
    missing."""
    if not rows:
        return _("Content checks · {source}", source=source)
    return _(
        "{source}: of {n} checks {problems} found a problem, {missing} were not made within a year",
        source=source,
        n=len(rows),
        problems=sum(row["state"] == CheckResult.PROBLEM for row in rows),
        missing=sum(row["state"] is None for row in rows),
    )


def _upright(names: Iterable[str]) -> int:
    """Return the number of characters of the longest name if names are written in Chinese, else
    0."""
    return max((len(each) for each in names if not each.isascii()), default=0)


def _item(code: str) -> str:
    return ledger_values.listed_name("content_items", code)


@still
def blind_spots(view: View) -> None:
    """Draw the items that nobody has checked for a year, and the most urgent pairs of unit and
    item."""
    if draw_if_not_entered(view, "content_coverage"):
        return
    groups = {str(group): name(group.label) for group in ContentGroup}
    group = asked.pick("items", _("Content items"), groups)
    items = checked_items.items(group)
    most_urgent_blind_spots = reads.ask(
        content_ages.most_urgent_blind_spots, view.scope, items, LISTED
    )
    names = {item.code: _item(item.code) for item in items}
    # What is to be done stands before the chart, which a phone shows below it.
    listed, by_item = st.columns([3, 2], border=True)
    with by_item:
        _by_item(view, most_urgent_blind_spots)
    with listed:
        # Ignore an item of the other group after the group has been changed.
        chosen = address.of_page("item")
        if chosen in names:
            asked.select("item", _("Content item"), names)
            wanted = tuple(item for item in items if item.code == chosen)
            most_urgent_blind_spots = reads.ask(
                content_ages.most_urgent_blind_spots, view.scope, wanted, LISTED
            )
        _list(view, most_urgent_blind_spots)


def _by_item(view: View, blind_spots: BlindSpots) -> None:
    draw(
        coverage.blind_spots,
        [
            {
                "code": code,
                "name": _item(code),
                "value": number,
                "text": f"{number}/{blind_spots.units}",
            }
            for code, number in blind_spots.by_item.items()
            if blind_spots.units
        ],
        key="net-blind-items",
        title=_most_blind(blind_spots),
        says=_("units without any check of the item in the last year"),
        hint=_("click to see which"),
        columns={"name": _("Content item"), "text": _("Units not checked")},
        empty=_("No unit stood in the grid here on {day}.", day=view.as_of),
        on_choose=lambda code: address.put_of_page("item", code),
    )


def _most_blind(blind_spots: BlindSpots) -> str:
    """Return a title that names the item lacking at the most units; no item if several tie."""
    most = max(blind_spots.by_item.values(), default=0)
    if not most or not blind_spots.units:
        return _("What is not looked into")
    items = [code for code, number in blind_spots.by_item.items() if number == most]
    if len(items) > 1:
        return _("{n} items are checked least: not at {units} units", n=len(items), units=most)
    return _("Checked least: {item}, not at {units} units", item=_item(items[0]), units=most)


def _list(view: View, blind_spots: BlindSpots) -> None:
    heading(
        _("Blind spots"),
        _(
            "{n} pairs of a unit and an item, the most urgent first, {most} at most; click to see"
            " the unit",
            n=blind_spots.number,
            most=LISTED,
        )
        if blind_spots.most_urgent
        else "",
    )
    st.caption(
        _("How they are ranked"),
        help=_(
            "A blind spot is an item that nobody, from whatever source, has checked at a unit in"
            " the last 365 days. Key items come first. Inside them, and then among the others, the"
            " days since the last check times the weight of the item decide; what was never"
            " checked counts its days from the enrolment of the unit. Weights and key items stand"
            " in the list of content items."
        ),
    )
    if not blind_spots.most_urgent:
        if not draw_if_silent(view):
            st.info(_("Every item was checked at every unit within the last year."))
        return
    units = {unit.code: unit for unit in reads.units(view.scope)}
    spots = blind_spots.most_urgent
    silent = {code for code, unit in units.items() if unit.light is Light.GREY}
    done = to_check(view, dict.fromkeys(spot.unit for spot in spots), silent)
    table(
        {
            _("Unit"): [units[spot.unit].name for spot in spots],
            _("Content item"): [_item(spot.item.code) for spot in spots],
            next_acts.heading(): [next_acts.cell(view, done[spot.unit]) for spot in spots],
            _("Key item"): [_("key") if spot.item.key else "" for spot in spots],
            _("Last check"): [
                spot.checked_on.isoformat() if spot.checked_on else _("never checked")
                for spot in spots
            ],
            _("Days since then"): [(spot.days, Tone.WARN) for spot in spots],
            _("Weight"): [spot.item.weight for spot in spots],
            _("Days × weight"): [spot.urgency for spot in spots],
        },
        key="net-blind-spots",
        says=_("Blind spots, the most urgent first"),
        onward=lambda row: ways.unit_way(spots[row].unit),
        first=AT_FIRST,
        spare=(_("Weight"), _("Days × weight")),
        cards={
            _("Content item"): "{n}",
            next_acts.heading(): next_acts.card(),
            _("Days since then"): _("{n} days", n="{n}"),
            _("Key item"): "{n}",
            _("Last check"): _("last check: {day}", day="{n}"),
        },
    )
