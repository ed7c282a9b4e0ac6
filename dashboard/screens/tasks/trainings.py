"""Trainings and contests: dates, participants, results, and units without participants."""

import streamlit as st

from dashboard import act_words, formats, reads
from dashboard.charts import ranking
from dashboard.charts.status_colours import Tone
from dashboard.elements import board
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.screens import next_acts
from dashboard.widgets import headlines, ways
from dashboard.widgets.drawing import draw, heading, still
from dashboard.widgets.silence import draw_if_not_entered, draw_if_silent, is_known, text_if_empty
from dashboard.widgets.tables import table
from data.figures.reading import Reading
from data.reference.usual_names import usual
from data.tasks import trainings as training_reads
from data.tasks.trainings import Absentees, Attended, Session
from models.days import month_ends
from models.text import NOTHING

MONTHS = 24
SESSIONS, ABSENT, AT_FIRST = 50, 50, 10
"""The most trainings and units without any; of the trainings, those shown at first."""
FEWEST = 16
"""The most units in the chart of those that attended the fewest trainings."""


@still
def trainings(view: View) -> None:
    """Draw the units without participants, those that attended the fewest trainings, coverage by
    sector, and the sessions."""
    left, right = st.columns(2, border=True)
    with left:
        _absentees(view)
        _fewest(view)
    with right:
        _coverage(view)
        _sessions(view)


def _fewest(view: View) -> None:
    """Draw the units that sent people to the lowest share of the trainings of the last year, of
    those that sent any."""
    if view.scope.node.is_unit or not is_known(view, "training_people"):
        return
    attended = reads.ask(training_reads.attended, view.scope)
    if not attended:
        return
    fewest = attended[:FEWEST]
    draw(
        ranking.ranked_parts,
        [
            {
                "code": each.unit,
                "name": each.name,
                "value": float(each.share),
                "text": _(
                    "{n} of {of} · people {people}",
                    n=each.sessions,
                    of=each.held,
                    people=each.people,
                ),
            }
            for each in fewest
        ],
        key="training-fewest",
        title=_(
            "Fewest trainings attended: {n} of {of} at {unit}",
            n=fewest[0].sessions,
            of=fewest[0].held,
            unit=headlines.named([each.name for each in attended if _tied(each, fewest[0])]),
        ),
        says=_(
            "trainings of the last year for all and for its sector; the {shown} with the lowest"
            " share of {n} units that sent any",
            shown=len(fewest),
            n=len(attended),
        ),
        note=_made_up(view) if any(each.share < 1 for each in fewest) else "",
        hint=_("click to see the unit"),
        on_choose=ways.to_unit,
        columns={"name": _("Unit"), "text": _("Trainings attended")},
        texts={"PART": _("trainings attended"), "WHOLE": _("trainings missed")},
    )


def _made_up(view: View) -> str:
    """Return what is to be done next about missed trainings, which no ledger has planned ahead."""
    done = next_acts.by_next_meeting(view, _(act_words.MAKE_UP), _("each unit"))
    return next_acts.sentence(view, done)


def _tied(one: Attended, other: Attended) -> bool:
    """Return whether two units attended as many of as many trainings."""
    return (one.sessions, one.held) == (other.sessions, other.held)


def _sessions(view: View) -> None:
    after = month_ends(view.as_of, MONTHS)[0]
    sessions = reads.ask(training_reads.sessions, view.scope, after)
    if not sessions:
        heading(_("Trainings held"))
        nothing = _("No training in the last {n} months.", n=MONTHS)
        st.caption(text_if_empty(view, "training_people", nothing))
        return
    heading(
        _(
            "Trainings: {n}, the latest on {day}",
            n=len(sessions),
            day=max(each.on_date for each in sessions),
        ),
        _("the last {n} months, the latest first", n=MONTHS),
    )
    shown = sessions[:SESSIONS]
    table(
        {
            _("Day"): [session.on_date for session in shown],
            _("Training"): [session.name for session in shown],
            _("Units that came"): [session.units for session in shown],
            _("People"): [session.people for session in shown],
            _("Passed"): [_passed(session) for session in shown],
            _("Kind of training"): [name(session.kind.label) for session in shown],
            _("For"): [
                name(usual(session.sector)) if session.sector else _("all") for session in shown
            ],
            _("Hours"): [session.hours / 100 if session.hours else None for session in shown],
        },
        key="training-sessions",
        says=_("Trainings held"),
        first=AT_FIRST,
    )


def _passed(session: Session) -> str:
    if not session.examined:
        return NOTHING
    rate = formats.share_text(session.passed, session.examined)
    return f"{rate} ({session.passed}/{session.examined})"


def _coverage(view: View) -> None:
    if view.scope.node.is_unit:
        return
    readings_by_sector = reads.by_group(
        view.scope, "sector", "training_coverage", "training_people"
    )
    rows = sorted(
        readings_by_sector.items(),
        key=lambda part: formats.share(part[1]["training_coverage"]) or 0,
    )
    trained = reads.figures_of(view.scope)["training_people"]
    says = _("units trained in the last year, the fewest first")
    in_all = _("{n} people in all", n=formats.text(trained)) if trained.known else ""
    heading(_("By sector"), _("; ").join(filter(None, (says, in_all))))
    table(
        {
            _("Sector"): [ways.name_of_sector(code) for code, _readings in rows],
            _("Share of units"): [
                _share(readings["training_coverage"]) for _code, readings in rows
            ],
            _("People"): [
                int(people.numerator or 0) if people.known else None
                for people in (readings["training_people"] for _code, readings in rows)
            ],
        },
        key="training-sectors",
        says=_("By sector"),
        onward=lambda row: board.way("tasks", node=f"sector:{rows[row][0]}", tab="training"),
    )
    ways.list_link(_("All attendances of the last year ›"), "training_people")


def _share(reading: Reading) -> str | tuple[str, Tone]:
    """Return the share of units that were trained with how many, yellow if not all were."""
    parts = formats.of_denominator(reading)
    text = f"{formats.text(reading)} ({parts})" if parts else formats.text(reading)
    share = formats.share(reading)
    return (text, Tone.WARN) if share is not None and share < 1 else text


def _how_many(absentees: Absentees) -> str:
    """Return how many units were not trained and how many of them never came; "" for none."""
    units, never = absentees.units, absentees.never
    if not units:
        return ""
    if not never:
        return _("{n} in all; click one", n=units)
    if never == units:
        return _("{n} in all, never trained at all; click one", n=units)
    return _("{n} units, of which {never} never came; click one", n=units, never=never)


def _absentees(view: View) -> None:
    if draw_if_not_entered(view, "training_coverage", _("Not trained in the last year")):
        return
    absentees: Absentees = reads.ask(training_reads.absentees, view.scope, ABSENT)
    heading(
        _("Not trained in the last year"),
        _how_many(absentees),
    )
    if not absentees.lines:
        if not draw_if_silent(view):
            st.caption(_("Every unit in the grid sent people to a training in the last year."))
        return
    asked = next_acts.by_next_meeting(view, _(act_words.SEND_PEOPLE), _("the unit"))
    table(
        {
            _("Unit"): [line.name for line in absentees.lines],
            _("Last training"): [
                line.last_on.isoformat() if line.last_on else (_("never came"), Tone.BAD)
                for line in absentees.lines
            ],
            next_acts.heading(): [next_acts.cell(view, asked)] * len(absentees.lines),
            _("In the grid since"): [line.enrolled_on for line in absentees.lines],
            _("Sector"): [ways.name_of_sector(line.sector) for line in absentees.lines],
        },
        key="training-absent",
        says=_("Not trained in the last year"),
        onward=lambda row: ways.unit_way(absentees.lines[row].code),
        spare=(_("Sector"), _("In the grid since")),
        cards={_("Last training"): "{n}", next_acts.heading(): next_acts.card()},
    )
    if absentees.units > len(absentees.lines):
        st.caption(_("{shown} of {n} are shown.", shown=len(absentees.lines), n=absentees.units))
