"""What the wall shows under each item of an agenda: few figures and charts, in large type."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import formats, reads
from dashboard.charts import ranking as ranking_charts
from dashboard.charts.lights import light_bar
from dashboard.charts.status_colours import SHAPES, Tone
from dashboard.documents.slides import building
from dashboard.documents.slides.figures import FIGURES
from dashboard.frame.view import View
from dashboard.i18n import _, name, say
from dashboard.markdown import literal
from dashboard.screens import disposals
from dashboard.screens.funds import sums
from dashboard.screens.mechanisms import digital_supervision, ratings
from dashboard.screens.meeting import deciding
from dashboard.screens.overview import charts as overview
from dashboard.screens.reports import quality, submission
from dashboard.screens.responsibilities import posts
from dashboard.screens.tasks import tasks
from dashboard.screens.unit import light_of, why
from dashboard.status import DECISION_TONES, LIGHT_TONES
from dashboard.wall.ahead import expected_overdue
from dashboard.wall.names import Names
from dashboard.widgets import beginning, tiles, trust, ways
from dashboard.widgets.drawing import draw, heading
from dashboard.widgets.place import Place, look, on_wall
from dashboard.widgets.silence import text_if_empty
from data.figures import units as unit_lines
from data.findings.lines import FindingLine
from data.mechanisms import ratings as rated
from data.meetings import drafts, held
from data.meetings.held import DecisionLine, MeetingLine
from data.money import disposals as disposal_sums
from data.money import funds as fund_projects
from data.money.disposals import KindSums
from data.tasks import key_tasks
from models.freeze import AgendaScreen
from models.rules.light import Light
from models.rules.rectification import OVERDUE_BANDS
from models.work import DecisionState

HALF, FULL = Place(830, 432), Place(1758, 480)
"""The stylesheet knows these sizes, too. Beside one another, titles and labels take two lines."""
WORST, RULES = 7, 5
LONG = 10
"""Signs beyond which figures are written smaller."""
DECISIONS = 5
SHOWN_WITH_LONGEST = "overdue_days_mean"
"""A figure that gives way to what is expected, as it stands beside the longest overdue too."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a slide is made from: the view at its node, the meeting if any, what units go by."""

    view: View
    meeting: MeetingLine | None
    names: Names
    noting: bool = False
    """Whether the form to note a decision stands open."""


Slide = Callable[[Seen], None]


def figures(view: View, names: Sequence[str], *more: Callable[[View], None]) -> None:
    """At most six figures side by side, each with its change since the day in the head.

    `more` draw what is no figure of the catalogue behind them.
    """
    # Amounts in English are long.
    now = reads.figures_of(view.scope)
    long = any(len(formats.text(now.get(figure))) > LONG for figure in names)
    drawn: list[Callable[[View], None]] = [
        *(partial(_figure, figure=figure) for figure in names),
        *more,
    ]
    with st.container(key=f"wall-figures-{len(drawn)}" + ("-long" if long else "")):
        for column, draw_it in zip(st.columns(len(drawn), border=True), drawn, strict=True):
            with column:
                draw_it(view)


def _figure(view: View, figure: str) -> None:
    now, before = (
        reads.figures_of(view.scope).get(figure),
        beginning.readings_before(view).get(figure),
    )
    label = trust.beside(view, figure, _(reads.figure(figure).name))
    tiles.metric(label, now, before)


def _charts(*drawn: Callable[[], None]) -> None:
    place, called = (FULL, "wall-full") if len(drawn) == 1 else (HALF, "wall-half")
    with on_wall(place), st.container(key=called):
        for column, draw_it in zip(st.columns(len(drawn), border=True), drawn, strict=True):
            with column:
                draw_it()


def opening(seen: Seen) -> None:
    """What became of what the committee decided the last time."""
    before, lines = before_lines(seen)
    if before is None:
        st.info(_("No earlier meeting of the audit committee is known."))
        return
    _standing(lines)
    if not lines:
        nothing = (
            _("Nothing that {meeting} ({day}) decided concerns your units.", **_of(before))
            if seen.view.scope.limited
            else _("{meeting} ({day}) decided nothing that is entered.", **_of(before))
        )
        st.info(nothing)
        return
    with st.container(border=True, key="wall-decisions"):
        heading(
            _("{meeting} ({day})", **_of(before)),
            _("what became of its decisions, the overdue ones first"),
        )
        order = list(DecisionState)
        worst = sorted(lines, key=lambda line: (order.index(line.state), line.due_on))
        decision_lines(worst, seen.names)


def before_lines(seen: Seen) -> tuple[MeetingLine | None, tuple[DecisionLine, ...]]:
    """The committee's meeting before this one, and what it decided."""
    day = seen.meeting.on_date if seen.meeting else seen.view.as_of
    before = reads.ask(held.committee_before, seen.view.scope, day)
    return before, reads.ask(held.decided_by, seen.view.scope, before.code) if before else ()


def _of(meeting: MeetingLine) -> Mapping[str, object]:
    return {"meeting": literal(meeting.name), "day": meeting.on_date}


def _standing(lines: Sequence[DecisionLine]) -> None:
    counted = {
        state: sum(line.state is state for line in lines) for state in reversed(DecisionState)
    }
    done = counted[DecisionState.DONE_IN_TIME] + counted[DecisionState.DONE_LATE]
    numbers = {
        _("Decisions done"): f"{done} / {len(lines)}",
        **{name(state.label): str(count) for state, count in counted.items()},
    }
    for column, (label, number) in zip(
        st.columns(len(numbers), border=True), numbers.items(), strict=True
    ):
        with column:
            st.metric(label, number)


def decision_lines(lines: Sequence[DecisionLine], names: Names) -> None:
    """The first of `lines`, one under the other: how it stands, what it is, whose and by when."""
    with st.container(key="wall-lines"):
        for at, line in enumerate(lines[:DECISIONS]):
            whose = names.of(line.unit, line.unit_name) if line.unit else _("District")
            about = (literal(whose), _("by {day}", day=line.due_on))
            text = literal(names.within(line.text))
            state = pill(DECISION_TONES[line.state], _said(line))
            with toned(DECISION_TONES[line.state], at):
                st.markdown(f"{state} **{text}**  \n:gray[{' · '.join(about)}]")
    if len(lines) > DECISIONS:
        st.caption(_("{shown} of {n} are shown.", shown=DECISIONS, n=len(lines)))


def _said(line: DecisionLine) -> str:
    called = name(line.state.label)
    return _("{state} by {days} days", state=called, days=line.days) if line.days else called


def overall(seen: Seen) -> None:
    """The district, or a part of it, at a glance."""
    figures(seen.view, FIGURES[AgendaScreen.OVERVIEW])
    _charts(lambda: overview.due_trend(seen.view, HALF.height), lambda: _lights(seen.view))


def _lights(view: View) -> None:
    counted = reads.ask(unit_lines.lights, view.scope)
    draw(
        light_bar,
        [{"code": str(light), "value": count} for light, count in counted.items()],
        key="wall-lights",
        title=_("Lights"),
        says=_("number of units"),
        texts={str(light): name(light.label) for light in Light},
    )


def coverage(seen: Seen) -> None:
    """Where the net holds."""
    figures(seen.view, FIGURES[AgendaScreen.COVERAGE])
    _charts(
        lambda: overview.coverage_map(seen.view), lambda: _by_sector(seen.view, "grid_coverage")
    )


def _by_sector(view: View, figure: str) -> None:
    by_sector = reads.by_group(view.scope, "sector", figure)
    shares = {
        code: reading
        for code, readings in by_sector.items()
        if (reading := readings[figure]).exact is not None
    }
    lowest = sorted(shares, key=lambda code: (shares[code].exact, code))
    draw(
        ranking_charts.ranked_numbers,
        [
            {
                "code": code,
                "name": ways.name_of_sector(code),
                "value": formats.share(shares[code]),
                "text": f"{shares[code].text}  {formats.of_denominator(shares[code])}",
            }
            for code in lowest[:WORST]
        ],
        key=f"wall-sectors-{figure}",
        title=_("By sector"),
        says=_("{figure}, the lowest first", figure=_(reads.figure(figure).name)),
        empty=_("No unit stood in the grid here on {day}.", day=view.as_of),
    )


def responsibilities(seen: Seen) -> None:
    """Who is in post and what they did."""
    figures(seen.view, FIGURES[AgendaScreen.RESPONSIBILITIES])
    _charts(lambda: posts.by_post(seen.view), lambda: _by_sector(seen.view, "dual_responsibility"))


def four_reports(seen: Seen) -> None:
    """What came in, and how good it is."""
    figures(seen.view, FIGURES[AgendaScreen.REPORTS])
    _charts(lambda: submission.by_state(seen.view), lambda: quality.grades_by_kind(seen.view))


def rectification(seen: Seen) -> None:
    """What was put right."""
    figures(seen.view, FIGURES[AgendaScreen.RECTIFICATION])
    _charts(
        lambda: overview.due_trend(seen.view, HALF.height),
        lambda: overview.rectification_side(seen.view),
    )


def overdue(seen: Seen) -> None:
    """Who is late, by how long, and what is expected to be."""
    shown = [each for each in FIGURES[AgendaScreen.OVERDUE] if each != SHOWN_WITH_LONGEST]
    figures(seen.view, shown, expected_overdue)
    _charts(lambda: overview.overdue_bands(seen.view), lambda: _late_units(seen))


def _late_units(seen: Seen) -> None:
    readings_by_unit = reads.by_unit(seen.view.scope, "overdue")
    counted = {
        code: int(reading.numerator or 0)
        for code, readings in readings_by_unit.items()
        if (reading := readings["overdue"]).known
    }
    worst = sorted((code for code in counted if counted[code]), key=lambda code: -counted[code])
    draw(
        ranking_charts.ranked_numbers,
        [
            {
                "code": code,
                "name": seen.names.of_code(code),
                "value": counted[code],
                "text": str(counted[code]),
            }
            for code in worst[:WORST]
        ],
        key="wall-late-units",
        title=_("Units with the most overdue findings"),
        says=_("number of findings"),
        empty=text_if_empty(
            seen.view, "overdue", _("Nothing is overdue on {day}.", day=seen.view.as_of)
        ),
    )


def longest(seen: Seen) -> None:
    """The findings that are overdue the longest, in days, coloured by band."""
    figures(seen.view, FIGURES[AgendaScreen.LONGEST])
    _charts(lambda: _longest(seen))


def longest_lines(view: View) -> tuple[FindingLine, ...]:
    """The findings overdue the longest, the first of them the longest."""
    return reads.ask(building.longest, view.scope, reads.figure("overdue"), WORST)


def _longest(seen: Seen) -> None:
    day = seen.view.as_of
    rows = []
    for line in longest_lines(seen.view):
        days = line.days_over(day)
        unit_name = seen.names.of(line.finding.unit, line.unit_name)
        rows.append(
            {
                "code": line.finding.code,
                "name": f"{unit_name} · {seen.names.within(line.finding.title)}",
                "value": days,
                "text": _("{days} days", days=days),
                "state": OVERDUE_BANDS[building.band_of(days)].id,
            }
        )
    bands = [band.id for band in OVERDUE_BANDS]
    draw(
        ranking_charts.ranked_states,
        rows,
        key="wall-longest",
        title=_("Findings overdue the longest"),
        says=_("days past the present time limit, coloured by band"),
        empty=text_if_empty(seen.view, "overdue", _("Nothing is overdue on {day}.", day=day)),
        texts=overview.band_texts(),
        options={"fills": tuple(zip(bands, look().colours.overdue, strict=True))},
    )


def to_decide(seen: Seen) -> None:
    """Every matter with the units it concerns, the draft of a decision, and the rule."""
    drafts_to_decide = reads.ask(drafts.drafts, seen.view.scope)
    if not drafts_to_decide:
        day = seen.view.as_of
        message = _("By the rules, nothing needs a decision on {day}.", day=day)
        st.info(text_if_empty(seen.view, "overdue", message))
        return
    with st.container(border=True, key="wall-to-decide"):
        for at, draft in enumerate(drafts_to_decide):
            light = draft.matter.light
            called = [seen.names.within(unit) for unit in draft.units] or [_("District")]
            what = seen.names.within(say(draft.matter.what))
            whose = literal(_(", ").join(called))
            rule = literal(_("Rule: {rule}", rule=_(draft.matter.rule)))
            words = seen.names.within(say(draft.words))
            with toned(LIGHT_TONES[light], at):
                st.markdown(
                    f"{pill(LIGHT_TONES[light], name(light.label))} **{whose} · {literal(what)}**"
                )
                st.markdown(_("Draft: {words}", words=literal(words)))
                st.markdown(f":gray[{rule}]")


def pill(tone: Tone, word: str) -> str:
    """A status as shape and word on a ground, in Markdown; `toned` gives it its colour."""
    return f":gray-badge[{SHAPES[tone]} {literal(word)}]"


def toned(tone: Tone, number: int) -> DeltaGenerator:
    """The `number`th block of a slide; a status in it has the colours of `tone`."""
    return st.container(key=f"wall-tone-{tone}-{number}")


def six_mechanisms(seen: Seen) -> None:
    """The six mechanisms, a figure each."""
    figures(seen.view, FIGURES[AgendaScreen.MECHANISMS])
    rated_units = reads.ask(rated.ratings, seen.view.scope, "", 1)
    _charts(
        lambda: ratings.by_year(rated_units),
        lambda: digital_supervision.most_open(seen.view, RULES),
    )


def ten_tasks(seen: Seen) -> None:
    """The ten key tasks."""
    figures(seen.view, FIGURES[AgendaScreen.TASKS])
    key_task_lines = reads.ask(key_tasks.tasks, seen.view.scope)
    _charts(lambda: tasks.progress_of(key_task_lines))


def major_funds(seen: Seen) -> None:
    """Approved, disbursed, spent, idle."""
    figures(seen.view, FIGURES[AgendaScreen.FUNDS])
    by_kind = reads.ask(fund_projects.by_kind, seen.view.scope)
    projects = reads.ask(fund_projects.projects, seen.view.scope, fund_projects.FundFilter(), 1)
    _charts(lambda: sums.rates_by_kind(by_kind), lambda: sums.ages_of_idle(projects))


def clearing(seen: Seen) -> None:
    """Entities, posts and assets: found, cleared, recovered."""
    figures(seen.view, FIGURES[AgendaScreen.DISPOSALS])
    kinds = reads.ask(disposal_sums.by_kind, seen.view.scope)
    if sum(kinds.values(), KindSums()).found:
        _charts(lambda: disposals.progress(kinds), lambda: disposals.trend(seen.view))
    else:
        st.info(_("Nothing was found to clear or revitalise by {day}.", day=seen.view.as_of))


def unit(seen: Seen) -> None:
    """One unit: its light and why, its figures, its findings."""
    figures(seen.view, FIGURES[AgendaScreen.UNIT])
    line = reads.units(seen.view.scope)[0]
    _charts(lambda: _why(seen, line), lambda: overview.rectification_side(seen.view))


def _why(seen: Seen, line: unit_lines.UnitLine) -> None:
    heading(f"{light_of(line).text} · {literal(seen.names.of(line.code, line.name))}")
    reasons = [literal(seen.names.within(reason)) for reason in why(seen.view, line.code)]
    with st.container(key="wall-lines"):
        st.markdown("\n".join(f"- {reason}" for reason in reasons[:DECISIONS]))


def decisions(seen: Seen) -> None:
    """What this meeting has decided so far, the latest first, and the form to note one."""
    if seen.meeting is None:
        st.info(_("No meeting of the audit committee is known."))
        return
    lines = deciding.decided_now(seen.view, seen.meeting.code)
    listed, noted = st.columns(2, border=True) if seen.noting else (st.container(border=True), None)
    with listed:
        heading(_("Decisions of this meeting"), _("{n} so far, the latest first", n=len(lines)))
        decision_lines(tuple(reversed(lines)), seen.names)
        deciding.show_last_try(seen.meeting.code)
    if noted:
        with noted:
            deciding.form(seen.view, seen.meeting.code, seen.names.of_code, seen.names.within)


SLIDES: Mapping[AgendaScreen, Slide] = {
    AgendaScreen.OPENING: opening,
    AgendaScreen.OVERVIEW: overall,
    AgendaScreen.COVERAGE: coverage,
    AgendaScreen.RESPONSIBILITIES: responsibilities,
    AgendaScreen.REPORTS: four_reports,
    AgendaScreen.RECTIFICATION: rectification,
    AgendaScreen.OVERDUE: overdue,
    AgendaScreen.LONGEST: longest,
    AgendaScreen.MECHANISMS: six_mechanisms,
    AgendaScreen.TASKS: ten_tasks,
    AgendaScreen.FUNDS: major_funds,
    AgendaScreen.DISPOSALS: clearing,
    AgendaScreen.UNIT: unit,
    AgendaScreen.TO_DECIDE: to_decide,
    AgendaScreen.DECISIONS: decisions,
}
