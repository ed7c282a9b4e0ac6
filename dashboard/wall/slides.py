"""The slides of the wall, one for each kind of agenda item: few figures and charts, in large
type."""

from collections.abc import Mapping

import streamlit as st

from dashboard import formats, reads
from dashboard.charts import ranking as ranking_charts
from dashboard.charts.lights import light_bar
from dashboard.documents.slides.figures import FIGURES
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.markdown import literal
from dashboard.screens import disposals
from dashboard.screens.coverage import tile_map
from dashboard.screens.funds import by_kind as fund_kinds
from dashboard.screens.funds import idle
from dashboard.screens.mechanisms import digital_supervision, ratings
from dashboard.screens.overview import charts as overview
from dashboard.screens.reports import quality, submission
from dashboard.screens.responsibilities import posts
from dashboard.screens.tasks import tasks
from dashboard.screens.unit import light_of
from dashboard.screens.unit_light import why
from dashboard.wall import decided, findings
from dashboard.wall.layout import LINES, Seen, Slide, charts_abreast, figures, half
from dashboard.widgets import headlines, ways
from dashboard.widgets.drawing import draw, heading
from dashboard.widgets.silence import draw_if_not_entered, text_if_empty
from data.figures import units as unit_lines
from data.mechanisms import ratings as rated
from data.money import disposals as disposal_sums
from data.money import funds as fund_projects
from data.money.disposals import KindSums
from data.tasks import key_tasks
from models.freeze import AgendaScreen
from models.rules.light import Light

WORST, RULES = 7, 4


def overall(seen: Seen) -> None:
    """Draw the overview of the district, or of a part of it."""
    figures(seen.view, FIGURES[AgendaScreen.OVERVIEW])
    charts_abreast(lambda: overview.due_trend(seen.view, half().height), lambda: _lights(seen.view))


def _lights(view: View) -> None:
    counted = reads.ask(unit_lines.lights, view.scope)
    draw(
        light_bar,
        [{"code": str(light), "value": count} for light, count in counted.items()],
        key="wall-lights",
        title=tile_map.reddest(view),
        says=_("number of units"),
        texts={str(light): name(light.label) for light in Light},
    )


def coverage(seen: Seen) -> None:
    """Draw the coverage of the grid."""
    figures(seen.view, FIGURES[AgendaScreen.COVERAGE])
    charts_abreast(
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
        title=headlines.least_reading(
            {ways.name_of_sector(code): shares[code] for code in lowest},
            subject=_(reads.figure(figure).name),
            otherwise=_("By sector"),
        ),
        says=headlines.first_of(_("by sector, the lowest first"), WORST, len(lowest)),
        empty=text_if_empty(
            view, figure, _("No unit stood in the grid here on {day}.", day=view.as_of)
        ),
    )


def responsibilities(seen: Seen) -> None:
    """Draw who is in post and which duties were done."""
    figures(seen.view, FIGURES[AgendaScreen.RESPONSIBILITIES])
    charts_abreast(
        lambda: posts.by_post(seen.view), lambda: _by_sector(seen.view, "dual_responsibility")
    )


def four_reports(seen: Seen) -> None:
    """Draw how many reports came in and how good they are."""
    figures(seen.view, FIGURES[AgendaScreen.REPORTS])
    charts_abreast(
        lambda: submission.by_state(seen.view), lambda: quality.grades_by_kind(seen.view)
    )


def six_mechanisms(seen: Seen) -> None:
    """Draw one figure for each of the six mechanisms."""
    figures(seen.view, FIGURES[AgendaScreen.MECHANISMS])
    rated_units = reads.ask(rated.ratings, seen.view.scope, "", 1)
    charts_abreast(
        lambda: ratings.by_year(seen.view, rated_units),
        lambda: digital_supervision.most_open(seen.view, RULES),
    )


def ten_tasks(seen: Seen) -> None:
    """Draw the ten key tasks."""
    figures(seen.view, FIGURES[AgendaScreen.TASKS])
    if draw_if_not_entered(seen.view, "tasks_late"):
        return
    key_task_lines = reads.ask(key_tasks.tasks, seen.view.scope)
    charts_abreast(lambda: tasks.progress_of(key_task_lines))


def major_funds(seen: Seen) -> None:
    """Draw how much money was approved, disbursed and spent, and how much lies idle."""
    figures(seen.view, FIGURES[AgendaScreen.FUNDS])
    if draw_if_not_entered(seen.view, "fund_approved"):
        return
    by_kind = reads.ask(fund_projects.by_kind, seen.view.scope)
    projects = reads.ask(fund_projects.projects, seen.view.scope, fund_projects.FundFilter(), 1)
    charts_abreast(
        lambda: fund_kinds.rates_by_kind(by_kind), lambda: idle.ages_of_idle(seen.view, projects)
    )


def clearing(seen: Seen) -> None:
    """Draw entities, posts and assets to clear: found, cleared, recovered."""
    figures(seen.view, FIGURES[AgendaScreen.DISPOSALS])
    if draw_if_not_entered(seen.view, "disposals_late"):
        return
    kinds = reads.ask(disposal_sums.by_kind, seen.view.scope)
    if sum(kinds.values(), KindSums()).found:
        charts_abreast(lambda: disposals.progress(kinds), lambda: disposals.trend(seen.view))
    else:
        st.info(_("Nothing was found to clear or revitalise by {day}.", day=seen.view.as_of))


def unit(seen: Seen) -> None:
    """Draw one unit: its light with the reasons, its figures, its findings."""
    figures(seen.view, FIGURES[AgendaScreen.UNIT])
    line = reads.units(seen.view.scope)[0]
    charts_abreast(lambda: _why(seen, line), lambda: overview.rectification_side(seen.view))


def _why(seen: Seen, line: unit_lines.UnitLine) -> None:
    heading(f"{light_of(line).text} · {literal(seen.names.of(line.code, line.name))}")
    reasons = [literal(seen.names.within(reason)) for reason in why(seen.view, line.code)]
    with st.container(key="wall-lines"):
        st.markdown("\n".join(f"- {reason}" for reason in reasons[:LINES]))


SLIDES: Mapping[AgendaScreen, Slide] = {
    AgendaScreen.OPENING: decided.opening,
    AgendaScreen.OVERVIEW: overall,
    AgendaScreen.COVERAGE: coverage,
    AgendaScreen.RESPONSIBILITIES: responsibilities,
    AgendaScreen.REPORTS: four_reports,
    AgendaScreen.RECTIFICATION: findings.rectification,
    AgendaScreen.OVERDUE: findings.overdue,
    AgendaScreen.LONGEST: findings.longest,
    AgendaScreen.MECHANISMS: six_mechanisms,
    AgendaScreen.TASKS: ten_tasks,
    AgendaScreen.FUNDS: major_funds,
    AgendaScreen.DISPOSALS: clearing,
    AgendaScreen.UNIT: unit,
    AgendaScreen.TO_DECIDE: decided.to_decide,
    AgendaScreen.DECISIONS: decided.decisions,
}
