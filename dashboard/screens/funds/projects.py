"""Fund projects: a chart of planned completion against money spent, and the list, worst first."""

from collections.abc import Sequence

import streamlit as st

from dashboard import address, formats, reads
from dashboard.charts import funds as charts
from dashboard.charts.status_colours import Tone
from dashboard.elements.lists import Cell
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.screens import next_acts
from dashboard.screens.funds import project_next
from dashboard.status import Status
from dashboard.widgets import asked, ways
from dashboard.widgets.drawing import draw, heading, still
from dashboard.widgets.tables import table
from data.money import funds
from data.money.funds import FundFilter, FundLine, Projects
from models.fund import FundKind

ROWS = 100
IN_CHART = 12
"""The most projects in the chart."""


def _state(line: FundLine, view: View) -> str:
    if line.overspent or line.overdrawn:
        return "BEYOND"
    if line.past_finish(view.as_of):
        return "PAST"
    return "ONGOING" if line.spent < line.approved else "SPENT"


def called(line: FundLine, projects: Projects) -> str:
    """Return the name of a project, with its code if another of `projects` has the same name."""
    return f"{line.name} {line.code}" if line.name in projects.same_names else line.name


def completion(view: View, projects: Projects) -> None:
    """Draw the largest projects with a planned completion by the share of money spent: those that
    spent too much, those past completion, then those whose completion is the next."""
    order = ("BEYOND", "PAST", "ONGOING", "SPENT")
    planned = sorted(
        (line for line in projects.largest if line.finish_on and line.approved),
        key=lambda line: (order.index(_state(line, view)), line.finish_on, line.code),
    )[:IN_CHART]
    units = {line.code: line.unit for line in planned}
    states = {
        "BEYOND": _("beyond what was allowed"),
        "PAST": _("past completion, not all spent"),
        "ONGOING": _("completion ahead"),
        "SPENT": _("all spent"),
    }
    occurring = {_state(line, view) for line in planned}
    draw(
        charts.completion,
        [
            {
                "code": line.code,
                "name": called(line, projects),
                "value": _share_judged(line),
                "text": _finish_in_words(line, view),
                "state": _state(line, view),
                "word": states[_state(line, view)],
            }
            for line in planned
        ],
        key="funds-completion",
        title=_(
            "{past} of {n} projects are past their planned completion with money unspent",
            past=projects.past_finish,
            n=projects.count,
        ),
        says=_(
            "share of the approved money that is spent, of overspent projects the share beyond"
            " 100%; {shown} projects: overspent first, then past completion, then the next to be"
            " completed",
            shown=len(planned),
        ),
        hint=_("click to see the unit"),
        empty=_("No project says when it is to be completed."),
        texts={
            **{state: text for state, text in states.items() if state in occurring},
            "whole": _("all of the money, 100%"),
        },
        on_choose=lambda code: ways.to_unit(units[code]),
        columns={"name": _("Project"), "word": _("Standing"), "text": _("Spent")},
    )
    st.caption(
        _(
            "The ledgers know money and planned days; how far the works themselves have come is"
            " not in them."
        )
    )


def _share_judged(line: FundLine) -> float:
    """Return the length of the bar of a project: the share by which it is judged; 1 if it spent
    money and nothing was disbursed."""
    part, whole = line.judged_by
    return part / whole if whole else 1


def share_in_words(line: FundLine) -> str:
    """Return the share by which a project is judged, and of what it is."""
    share = formats.share_text(*line.judged_by)
    if line.overspent:
        return _("{share} of disbursed is spent", share=share)
    if line.overdrawn:
        return _("{share} of approved is disbursed", share=share)
    return share


def _finish_in_words(line: FundLine, view: View) -> str:
    """Return the share of money by which a project is judged, and how far the planned completion
    is past, or its day."""
    share = share_in_words(line)
    if line.finish_on and line.past_finish(view.as_of):
        days = (view.as_of - line.finish_on).days
        return _("{share} · {days} days past", share=share, days=days)
    return _("{share} · planned {day}", share=share, day=line.finish_on)


def past_completion(view: View, projects: Projects) -> None:
    """Draw the projects that are past their planned completion with money unspent, the longest
    first."""
    past = sorted(
        (line for line in projects.largest if line.past_finish(view.as_of)),
        key=lambda line: (line.finish_on, line.spent - line.approved, line.code),
    )
    if not past:
        return
    unspent = _("Unspent, {unit}", unit=formats.money_unit())
    sums = [line.approved - line.spent for line in past]
    heading(
        _("Past their planned completion"),
        _("the longest first; click to see the unit"),
    )
    table(
        {
            _("Project"): [called(line, projects) for line in past],
            _("Unit"): [line.unit_name for line in past],
            _("Days past"): [(view.as_of - line.finish_on).days for line in past if line.finish_on],
            unspent: list(map(formats.money_number, sums)),
            **_next_column(view, past),
            _("Planned completion"): [line.finish_on for line in past],
        },
        key="funds-past-completion",
        says=_("Past their planned completion"),
        onward=lambda row: ways.unit_way(past[row].unit),
        columns={unspent: st.column_config.NumberColumn(format=f"%.{formats.places_of(sums)}f")},
        # Yellow, as the mark of these projects is.
        watched=(_("Days past"),),
        spare=(_("Planned completion"),),
        cards={
            next_acts.heading(): next_acts.card(),
            _("Unit"): "{n}",
            _("Planned completion"): _("planned {day}", day="{n}"),
            _("Days past"): _("{n} days past", n="{n}"),
        },
    )


@still
def projects(view: View) -> None:
    """Draw the projects that match the filters in the address, and the filters."""
    kinds = {str(kind): name(kind.label) for kind in FundKind}
    wanted = FundFilter(address.of_page("text").strip(), asked.choice("kind", kinds))
    projects = reads.ask(funds.projects, view.scope, wanted, ROWS)
    heading(
        _("Projects"),
        _(
            "{shown} of {n}: overspent first, then the most idle; money in {unit}; click"
            " one to see its unit",
            shown=len(projects.worst),
            n=projects.count,
            unit=formats.money_unit(),
        ),
    )
    with asked.filters("funds", "text", "kind"):
        search, choose = st.columns([2, 1])
        with search:
            asked.text("text", _("Look for"), _("Part of a name, code or unit"), inside=True)
        with choose:
            asked.select("kind", _("Kind of fund"), kinds, inside=True)
    if not projects.count:
        st.info(_("No project fits. Take a filter away."))
        return
    lines_table(view, projects.worst, key="funds-projects")


def lines_table(
    view: View,
    lines: Sequence[FundLine],
    *,
    key: str,
    of_one_unit: bool = False,
) -> None:
    """Draw projects with their mark, sums and rates; `of_one_unit` leaves out the column of
    units."""
    money = {
        _("Approved"): [line.approved for line in lines],
        _("Disbursed"): [line.disbursed for line in lines],
        _("Spent"): [line.spent for line in lines],
        _("Idle"): [line.idle for line in lines],
    }
    shares = {
        _("Disbursement rate"): [_percent(line.disbursed, line.approved) for line in lines],
        _("Spending rate"): [_percent(line.spent, line.disbursed) for line in lines],
    }
    table(
        {
            _("Project"): [line.name for line in lines],
            **({} if of_one_unit else {_("Unit"): [line.unit_name for line in lines]}),
            _("Kind of fund"): [name(line.kind.label) for line in lines],
            _("Mark"): [_mark(line, view) for line in lines],
            **_next_column(view, lines),
            **{title: list(map(formats.money_number, sums)) for title, sums in money.items()},
            **shares,
            _("Planned completion"): [line.finish_on for line in lines],
            _("Approved on"): [line.approved_on for line in lines],
            _("Code"): [line.code for line in lines],
        },
        key=key,
        says=_("Projects"),
        onward=None if of_one_unit else lambda row: ways.unit_way(lines[row].unit),
        columns={
            **{
                title: st.column_config.NumberColumn(format=f"%.{formats.money_places()}f")
                for title in money
            },
            **{
                title: st.column_config.ProgressColumn(format="%.1f%%", min_value=0, max_value=100)
                for title in shares
            },
        },
        tall=True,
        watched=(_("Idle"),),
        spare=(
            _("Kind of fund"),
            _("Disbursement rate"),
            _("Planned completion"),
            _("Approved on"),
            _("Code"),
        ),
        cards={
            _("Unit"): "{n}",
            next_acts.heading(): next_acts.card(),
            _("Idle"): _("idle {amount}", amount="{n}"),
            _("Spending rate"): _("spending rate {share}", share="{n}"),
        },
    )


def _next_column(view: View, lines: Sequence[FundLine]) -> dict[str, list[Cell]]:
    """Return the column of what is to be done next about projects, by whom and until when; empty if
    nothing is to be done about any."""
    cells: list[Cell] = [next_acts.cell(view, each) for each in project_next.of(view, lines)]
    return {next_acts.heading(): cells} if any(cells) else {}


def _mark(line: FundLine, view: View) -> Status | None:
    if line.overspent:
        return Status(Tone.BAD, _("spent beyond disbursed"))
    if line.overdrawn:
        return Status(Tone.BAD, _("disbursed beyond approved"))
    if line.past_finish(view.as_of):
        return Status(Tone.WARN, _("past completion"))
    return None


def _percent(part: int, whole: int) -> float | None:
    """Return a share in percent, cut to one decimal place; None if `whole` is 0."""
    return part * 1000 // whole / 10 if whole else None
