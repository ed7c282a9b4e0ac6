"""The duties of the two responsible subjects: what was owed and done by item, what is open or
ahead."""

from collections.abc import Callable, Collection, Mapping, Sequence
from fractions import Fraction

import streamlit as st

from dashboard import address, formats, ledger_values, reads
from dashboard.charts import responsibilities as charts
from dashboard.charts.status_colours import Tone
from dashboard.elements.board import Part, list_way
from dashboard.elements.figure import beside
from dashboard.elements.lists import Cell
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.screens import answerable, next_acts, vacant_posts
from dashboard.screens.owed_words import of_duty
from dashboard.screens.responsibilities import said
from dashboard.widgets import asked, trust, ways
from dashboard.widgets.drawing import draw, heading, still
from dashboard.widgets.gap_first import none_wanting
from dashboard.widgets.silence import draw_if_not_entered
from dashboard.widgets.tables import table
from dashboard.widgets.tiles import row_of_tiles, tile
from data.responsibilities import duty_standing
from data.responsibilities.duty_standing import AHEAD_DAYS, ItemStanding, OpenDuties
from models.duty import GROUP, PostRole
from models.text import Label

PAGE = 50
AT_FIRST, ITEMS_AT_FIRST = 20, 5
"""Duties of a page, and items, shown at first."""
POSTS = ("dual_responsibility", "institution_rate", "group_rate", "chief_auditor_rate")
DUTIES = ("duty_rate", "duty_on_time")
ROLES: Mapping[str, Collection[PostRole]] = {
    "dual_responsibility": (PostRole.PRINCIPAL, PostRole.AUDITOR),
    "group_rate": GROUP,
    "chief_auditor_rate": (PostRole.CHIEF_AUDITOR,),
}
"""The posts that a share of units with filled posts asks for."""
SUBJECTS = {
    "PRINCIPAL": Label("主要负责人", "Principals"),
    "AUDITOR": Label("内审人员", "Internal auditors"),
}


@still
def figures(view: View) -> None:
    """Draw a sentence on what is wanting, and the figures of the two responsible subjects: in
    post, and duties done."""
    said.say(view, (*POSTS, *DUTIES))
    tells = not trust.is_said_once(view, (*POSTS, *DUTIES))
    in_post = [
        tile(view, figure, second=_short(view, figure), tells_trust=tells) for figure in POSTS
    ]
    done = [
        tile(view, figure, second=_by_subject(view, figure), tells_trust=tells) for figure in DUTIES
    ]
    row_of_tiles("responsibilities-figures", [*in_post, *done])


def _short(view: View, figure: str) -> list[Part]:
    """Return how many units a share lacks, in the tone of what they lack; none of an empty
    share."""
    reading = reads.figures_of(view.scope)[figure]
    if not reading.known or not reading.denominator:
        return []
    tone = str(_tone_of_lack(view, figure)) if reading.short else ""
    return [beside(_("Not met"), str(reading.short), list_way(figure), tone)]


def _tone_of_lack(view: View, figure: str) -> Tone:
    """Return the tone of the gravest vacancy behind a share of units; a missing institution is
    yellow."""
    if figure not in ROLES:
        return Tone.WARN
    return vacant_posts.gravest_tone(view, ROLES[figure])


def _by_subject(view: View, figure: str) -> list[Part]:
    readings = reads.figures_of(view.scope)
    return [
        beside(
            name(label),
            formats.text(readings.get(f"{figure}:{subject}")),
            list_way(figure, subject),
        )
        for subject, label in SUBJECTS.items()
    ]


@still
def duties(view: View) -> None:
    """Draw the state of each item, and the duties that are overdue or ahead."""
    if draw_if_not_entered(view, "duty_rate", _("Duties by item")):
        return
    # Whoever asks for one item comes for its duties: on a phone they stand above the others.
    if asked.choice("item", _names()):
        opened, items = st.columns([3, 2], border=True)
    else:
        items, opened = st.columns([2, 3], border=True)
    with items:
        _items(view)
    with opened:
        _open(view)


def _names() -> dict[str, str]:
    return {
        row["code"]: ledger_values.listed_name("duty_items", row["code"])
        for row in reads.references().lists["duty_items"]
    }


def _items(view: View) -> None:
    names = _names()
    item_standings = reads.ask(duty_standing.by_item, view.scope, tuple(names))
    columns: dict[str, Callable[[ItemStanding], int]] = {
        _("done"): lambda item: item.done,
        _("in time"): lambda item: item.on_time,
    }
    draw(
        charts.duty_matrix,
        [
            {
                "code": item.item,
                "item": names[item.item],
                "column": column,
                "share": number(item) / item.due,
                "text": f"{number(item)}/{item.due}",
            }
            for item in item_standings
            for column, number in columns.items()
        ],
        key="duties-matrix",
        title=_least_done(item_standings, names),
        says=_("number done and done in time, out of those due in the last year"),
        hint=_("click to see what is overdue"),
        on_choose=_choose_item,
        texts={"share": _("Duties done"), "unknown": _("None due")},
        empty=_("Nothing was due in the last year."),
    )
    if item_standings:
        least_done = sorted(item_standings, key=lambda item: -item.missing)
        _numbers(tuple(least_done), names)


def _least_done(standings: tuple[ItemStanding, ...], names: dict[str, str]) -> str:
    """Return a title that names the duty done the least; no duty if several tie."""
    if not standings:
        return _("Duties by item")
    least = min(Fraction(item.done, item.due) for item in standings)
    last = [item for item in standings if Fraction(item.done, item.due) == least]
    if least == 1:
        return _("All duties of the last year are done")
    if len(last) > 1:
        return _("{n} duties are done least", n=len(last))
    return _(
        "Done least: {duty}, {done} of {due}",
        duty=names[last[0].item],
        done=last[0].done,
        due=last[0].due,
    )


def _choose_item(item: str) -> None:
    address.put_of_page("item", item)
    address.put_of_page("duties", None)
    address.put_of_page(asked.PAGE, None)


def _numbers(standings: tuple[ItemStanding, ...], names: dict[str, str]) -> None:
    rows = reads.references().codes["duty_items"]
    table(
        {
            _("Duty"): [names[item.item] for item in standings],
            _("Owed by"): [name(SUBJECTS[rows[item.item]["subject"]]) for item in standings],
            _("Weight"): [int(rows[item.item]["weight"]) for item in standings],
            _("Owed"): [item.due for item in standings],
            _("Done in time"): [item.on_time for item in standings],
            _("Done late"): [item.late for item in standings],
            _("Not done"): [item.missing for item in standings],
        },
        key="duties-numbers",
        says=_("Numbers of duties by item"),
        on_pick=lambda row: _choose_item(standings[row].item),
        first=ITEMS_AT_FIRST,
        late=(_("Not done"),),
    )


def _open(view: View) -> None:
    names = _names()
    with asked.filters("duties", "item"):
        asked.select("item", _("Duty"), names)
    chosen = asked.choice("item", names)
    items = (chosen,) if chosen else tuple(names)
    when = asked.pick(
        "duties",
        _("Which duties"),
        {"overdue": _("Overdue"), "ahead": _("Within {n} days", n=AHEAD_DAYS)},
    )
    question = duty_standing.upcoming if when == "ahead" else duty_standing.overdue
    first = (max(asked.whole_number(asked.PAGE), 1) - 1) * PAGE
    open_duties = reads.ask(question, view.scope, items, first=first, most=PAGE)
    if when == "ahead":
        says = _("{n} duties, the next first; click to see the unit", n=open_duties.number)
        heading(_("Duties ahead"), says)
    else:
        says = _(
            "{n} of the last year, the oldest first; click to see the unit", n=open_duties.number
        )
        heading(_("Duties overdue"), says)
    if not open_duties.number:
        if when == "ahead":
            st.info(_("No duty is due within {n} days.", n=AHEAD_DAYS))
            return
        none_wanting(
            _("No duty of the last year is overdue on {day}.", day=view.as_of),
            _("Duties within {n} days ›", n=AHEAD_DAYS),
            "duties-ahead-instead",
            duties="ahead",
        )
        return
    asked.page_number(-(-open_duties.number // PAGE))
    _list(view, open_duties, ahead=when == "ahead")


def _list(view: View, open_duties: OpenDuties, *, ahead: bool) -> None:
    names = _names()
    shown = open_duties.shown
    who = [answerable.of_duty(view, duty.unit, duty.item) for duty in shown]
    owed: dict[str, Sequence[Cell]] = {_("Owed by"): who}
    if not ahead:
        acts = [
            next_acts.by_next_meeting(view, of_duty(duty.item), each)
            for duty, each in zip(shown, who, strict=True)
        ]
        owed = {next_acts.heading(): [next_acts.cell(view, each) for each in acts]}
    table(
        {
            _("Unit"): [duty.unit_name for duty in shown],
            _("Days left") if ahead else _("Days overdue"): [abs(duty.days) for duty in shown],
            _("Duty"): [names[duty.item] for duty in shown],
            **owed,
            _("To be done by"): [duty.due_on for duty in shown],
        },
        key="duties-ahead" if ahead else "duties-overdue",
        says=_("Duties that are not done"),
        onward=lambda row: ways.unit_way(shown[row].unit),
        first=AT_FIRST,
        late=(_("Days overdue"),),
        cards={
            _("Days left"): _("{n} days left", n="{n}"),
            _("Days overdue"): _("overdue by {n} days", n="{n}"),
            _("Duty"): "{n}",
            _("Owed by"): "{n}",
            next_acts.heading(): next_acts.card(),
            _("To be done by"): _("due {day}", day="{n}"),
        },
    )
