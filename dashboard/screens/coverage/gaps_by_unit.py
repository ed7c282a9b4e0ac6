"""The units at which the net has gaps, the gravest first: what is lacking and for how long, and
what is next, by whom and by when."""

from collections.abc import Iterator, Mapping, Sequence

import streamlit as st

from dashboard import act_words, reads
from dashboard.act_words import ToBeDone
from dashboard.charts.status_colours import Tone
from dashboard.elements.lists import Pieces
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.screens import next_acts
from dashboard.screens.coverage import checked_items
from dashboard.screens.unit import light_of
from dashboard.status import LEVEL_TONES, tone_of_limit
from dashboard.widgets import ways
from dashboard.widgets.drawing import heading, still
from dashboard.widgets.silence import draw_if_silent
from dashboard.widgets.tables import table
from data import net_gaps
from data.net_gaps import UnitGaps
from data.owed import OwedKind
from data.responsibilities.vacant_posts import gravest
from models.duty import PostRole
from models.grid import Element
from models.text import N_

AT_FIRST = 8
"""The units shown at first."""
MOST = 50
"""The most units that are listed; the tabs beside list all of them by what is lacking."""
PAST: Mapping[OwedKind, str] = {
    OwedKind.REPORT: N_("{n} reports late"),
    OwedKind.DUTY: N_("{n} duties overdue"),
    OwedKind.FINDING: N_("{n} findings overdue"),
}
"""What is past its limit at a unit of which nothing has come in."""
Piece = tuple[str, Tone]


@still
def units_with_gaps(view: View) -> None:
    """Draw the units at which the net has gaps, each with what is lacking since when, and what is
    to be done next; a unit of which nothing came in says what of it is late elsewhere."""
    found = reads.ask(net_gaps.net_gaps, view.scope, checked_items.items())
    heading(
        _("Units with blind spots: {n}", n=len(found)) if found else _("Blind spots"),
        _(", ").join(_counted(found)),
    )
    if not found:
        if not draw_if_silent(view):
            st.caption(_("No unit has a gap in what is entered."))
        return
    shown = found[:MOST]
    silent = tuple(each.unit.code for each in shown if each.is_silent)
    late = reads.ask(net_gaps.past_limits, view.scope, silent) if silent else {}
    what = _("What is lacking")
    table(
        {
            _("Light"): [light_of(each.unit) for each in shown],
            _("Unit"): [each.unit.name for each in shown],
            what: [_cell(view, each, late.get(each.unit.code, {})) for each in shown],
            next_acts.heading(): [next_acts.cell(view, each) for each in _next(view, shown)],
        },
        key="net-gaps",
        says=_("Units at which the net has gaps"),
        onward=lambda row: ways.unit_way(shown[row].unit.code),
        first=AT_FIRST,
        cards={what: "{n}", next_acts.heading(): next_acts.card()},
    )


def _counted(found: Sequence[UnitGaps]) -> Iterator[str]:
    """Yield how many units have gaps of each kind."""
    silent = [each for each in found if each.is_silent]
    others = [each for each in found if not each.is_silent]
    for units, words in (
        (silent, N_("not reported {n}")),
        ([each for each in others if each.missing], N_("elements missing {n}")),
        ([each for each in others if each.vacant], N_("posts vacant {n}")),
        ([each for each in others if each.unchecked], N_("items unchecked {n}")),
    ):
        if units:
            yield _(words, n=len(units))


def _cell(view: View, gaps: UnitGaps, late: Mapping[OwedKind, int]) -> Pieces:
    """Return what is lacking in pieces, the one to end with in the tone of the gravest."""
    pieces = list(_silence(view, gaps, late) if gaps.is_silent else _gaps(view, gaps))
    tones = [tone for _text, tone in pieces]
    tone = next((each for each in (Tone.BAD, Tone.WARN) if each in tones), Tone.SILENT)
    # The last piece is drawn in its tone, so the gravest stands there.
    pieces = sorted(pieces, key=lambda each: each[1] is tone)
    return Pieces(tuple(text for text, _tone in pieces), pieces[-1][1])


def _silence(view: View, gaps: UnitGaps, late: Mapping[OwedKind, int]) -> Iterator[Piece]:
    days = (view.as_of - gaps.unit.enrolled_on).days
    yield _("nothing reported for {n} days", n=days), Tone.SILENT
    past = [_(PAST[kind], n=late[kind]) for kind in PAST if kind in late]
    if past:
        yield _(", ").join(past), tone_of_limit(-1)


def _gaps(view: View, gaps: UnitGaps) -> Iterator[Piece]:
    """Yield what is lacking, what weighs most last."""
    if gaps.unchecked:
        yield (
            _(
                "items unchecked: {count}, up to {n} days",
                count=gaps.unchecked,
                n=gaps.unchecked_days,
            ),
            Tone.WARN,
        )
    if gaps.vacant:
        days = (view.as_of - min(each.since for each in gaps.vacant)).days
        who = (
            _("nobody in post")
            if gaps.nobody_in_post
            else _("vacant: {posts}", posts=_(", ").join(name(v.role.label) for v in gaps.vacant))
        )
        yield _("{what}, {n} days", what=who, n=days), LEVEL_TONES[gravest(gaps.vacant)]
    if gaps.missing:
        days = (view.as_of - min(gaps.missing.values())).days
        named = (
            _("all four elements")
            if len(gaps.missing) == len(Element)
            else _(", ").join(name(each.label) for each in gaps.missing)
        )
        yield _("missing: {elements}, {n} days", elements=named, n=days), Tone.WARN


def _next(view: View, found: Sequence[UnitGaps]) -> list[ToBeDone]:
    """Return what is to be done next about each unit: one of which nothing came in reports; else
    its competent department sees to what is lacking."""
    departments = next_acts.departments(each.unit.code for each in found)
    return [
        next_acts.by_next_meeting(
            view,
            _(_act(each)),
            _("the unit") if each.is_silent else departments.get(each.unit.code, ""),
        )
        for each in found
    ]


def _act(gaps: UnitGaps) -> str:
    if gaps.is_silent:
        return act_words.REPORT
    if gaps.missing:
        return act_words.PUT_IN_PLACE
    if gaps.vacant:
        chief = all(each.role is PostRole.CHIEF_AUDITOR for each in gaps.vacant)
        return act_words.FILL_POST if chief else act_words.FILL_POSTS
    return act_words.CHECK
