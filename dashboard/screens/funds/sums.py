"""Major funds: money approved, disbursed and spent, idle money, and late projects."""

from collections.abc import Sequence

import streamlit as st

from dashboard import formats, reads
from dashboard.charts import coverage, palette
from dashboard.charts import funds as charts
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.markdown import literal
from dashboard.screens.funds import projects, warnings
from dashboard.widgets import asked, headlines, ways
from dashboard.widgets.drawing import draw, heading, still
from dashboard.widgets.silence import draw_if_not_entered, text_if_empty
from dashboard.widgets.tables import table
from dashboard.widgets.tiles import row_of_figures
from data.figures.reading import Readings
from data.money import funds
from data.money.funds import FundFilter, FundLine, Month, Projects
from models.days import month_ends
from models.fund import FundKind
from models.rules.fund import AGES

FIGURES = (
    "fund_approved",
    "fund_disbursed",
    "fund_spent",
    "disbursement_rate",
    "spending_rate",
    "fund_idle",
)
MONTHS = 24
MOST = 100
"""The most projects in a chart or table."""
SHOWN_BEYOND, MOST_IDLE = 5, 5


def funds_page(view: View) -> None:
    """Draw amounts over the limit and sums, then tabs: what is wanting, projects, kinds and
    months."""
    _head(view)
    if reads.ask(funds.projects, view.scope, FundFilter(), MOST).count:
        parts = {
            "wanting": (_("Idle and warned"), _wanting),
            "projects": (_("Projects"), projects.projects),
            "course": (_("By kind and month"), _course),
        }
        asked.tabs_of_view(view, parts)


@still
def _head(view: View) -> None:
    if draw_if_not_entered(view, "fund_approved"):
        st.info(_("Take in the sheets of fund projects and their flows."))
        return
    approved = reads.ask(funds.projects, view.scope, FundFilter(), MOST)
    if not approved.count:
        st.info(
            _(
                "No major fund project was approved here by {day}. Choose another node or day, or"
                " take in the sheets of fund projects and their flows.",
                day=view.as_of,
            )
        )
        return
    _beyond(approved)
    row_of_figures(view, FIGURES, key="funds-figures")


@still
def _wanting(view: View) -> None:
    """Draw the open warnings and the idle money, side by side."""
    warned, lying = st.columns([5, 4], border=True)
    with warned:
        warnings.warnings(view)
    with lying:
        _lying(view, reads.ask(funds.projects, view.scope, FundFilter(), MOST))


@still
def _course(view: View) -> None:
    """Draw money by kind and month, the rates of each kind, and the projects' completion."""
    readings = reads.ask(funds.by_kind, view.scope)
    by_kind, months = st.columns(2, border=True)
    with by_kind:
        stages(readings)
    with months:
        _months(view)
    planned, rates = st.columns([5, 4], border=True)
    with planned:
        projects.completion(view, reads.ask(funds.projects, view.scope, FundFilter(), MOST))
    with rates:
        _rates(readings)


def _beyond(projects: Projects) -> None:
    if not projects.beyond:
        return
    sign = palette.SHAPES["RED"]
    text = _("Projects beyond what was allowed: {n}", n=len(projects.beyond))
    lines = [f"- {_excess(line)}" for line in projects.beyond[:SHOWN_BEYOND]]
    st.error(f"**{sign} {text}**\n\n" + "\n".join(lines))


def _excess(line: FundLine) -> str:
    about = {"project": literal(line.name), "unit": literal(line.unit_name)}
    if line.overspent:
        return _(
            "{project} ({unit}): spent {spent}, disbursed {disbursed}, {excess} too much",
            spent=formats.fen(line.spent),
            disbursed=formats.fen(line.disbursed),
            excess=formats.fen(line.overspent),
            **about,
        )
    return _(
        "{project} ({unit}): disbursed {disbursed}, approved {approved}, {excess} too much",
        disbursed=formats.fen(line.disbursed),
        approved=formats.fen(line.approved),
        excess=formats.fen(line.overdrawn),
        **about,
    )


def _amount(readings: Readings, figure: str, kind: FundKind) -> int:
    return int(readings[f"{figure}:{kind}"].numerator or 0)


def _kinds_in(readings: Readings) -> list[FundKind]:
    return [kind for kind in FundKind if _amount(readings, "fund_approved", kind)]


STAGES = {"APPROVED": "fund_approved", "DISBURSED": "fund_disbursed", "SPENT": "fund_spent"}


def stages(readings: Readings) -> None:
    """Draw how much was approved, disbursed and spent of each kind of fund."""
    kinds = _kinds_in(readings)
    stage_names = {"APPROVED": _("Approved"), "DISBURSED": _("Disbursed"), "SPENT": _("Spent")}
    draw(
        charts.funnel,
        [
            {
                "code": f"{figure} {kind}",
                "name": name(kind.label),
                "stage": stage,
                "word": stage_names[stage],
                "value": formats.money_number(_amount(readings, figure, kind)),
                "text": formats.fen(_amount(readings, figure, kind)),
            }
            for kind in kinds
            for stage, figure in STAGES.items()
        ],
        key="funds-kinds",
        title=_in_words(kinds, readings),
        says=_("money by kind of fund, so far"),
        hint=_("click to see the list"),
        on_choose=_to_figure,
        columns={"name": _("Kind of fund"), "word": _("Stage"), "text": _("Money")},
        empty=_("Nothing was approved so far."),
        texts=stage_names,
    )


def _in_words(kinds: list[FundKind], readings: Readings) -> str:
    """Return a title with the money of all kinds at each stage."""
    approved, disbursed, spent = (
        sum(_amount(readings, figure, kind) for kind in kinds) for figure in STAGES.values()
    )
    if not approved:
        return _("Approved, disbursed, spent")
    return _(
        "Of {approved} approved {disbursed} are disbursed, of these {spent} spent",
        approved=formats.fen(approved),
        disbursed=formats.share_text(disbursed, approved),
        spent=formats.share_text(spent, disbursed),
    )


def _to_figure(code: str) -> None:
    figure, _space, bucket = code.partition(" ")
    ways.go("list", figure=figure, bucket=bucket or None)


def rates_by_kind(readings: Readings) -> None:
    """Draw the share disbursed of each kind of fund, and the share of that which is spent."""
    rates = {"disbursement_rate": _("Disbursement rate"), "spending_rate": _("Spending rate")}
    draw(
        coverage.sector_element,
        [
            {
                "code": f"{figure} {kind}",
                "sector": name(kind.label),
                "element": called,
                "share": formats.share(readings[f"{figure}:{kind}"]),
                "text": formats.text(readings[f"{figure}:{kind}"]),
            }
            for kind in _kinds_in(readings)
            for figure, called in rates.items()
        ],
        key="funds-rates-by-kind",
        title=_least_spent(readings),
        says=_("disbursed of approved and spent of disbursed, by kind of fund"),
        empty=_("Nothing was approved so far."),
        texts={"share": _("Share of the money"), "unknown": _("No money")},
        on_choose=_to_figure,
    )


def _least_spent(readings: Readings) -> str:
    """Return a title that names the kind of fund with the lowest share spent."""
    spent = {name(kind.label): readings[f"spending_rate:{kind}"] for kind in _kinds_in(readings)}
    texts = {reading.exact: reading.text for reading in spent.values()}
    return headlines.least(
        {kind: reading.exact for kind, reading in spent.items()},
        subject=_("Spending rate"),
        otherwise=_("How far it gets"),
        written=texts.__getitem__,
    )


def _rates(readings: Readings) -> None:
    kinds = _kinds_in(readings)
    idle = _("{column} ({unit})", column=_("Idle"), unit=formats.money_unit())
    heading(_("How far it gets"), _("disbursed of approved, spent of disbursed, and what is idle"))
    table(
        {
            _("Kind of fund"): [name(kind.label) for kind in kinds],
            _("Disbursement rate"): [readings[f"disbursement_rate:{kind}"].text for kind in kinds],
            _("Spending rate"): [readings[f"spending_rate:{kind}"].text for kind in kinds],
            idle: [formats.money_number(_amount(readings, "fund_idle", kind)) for kind in kinds],
        },
        key="funds-rates",
        says=_("How far it gets"),
        columns={
            idle: st.column_config.NumberColumn(format=f"%.{formats.money_places()}f"),
        },
    )


def _months(view: View) -> None:
    monthly = reads.ask(funds.monthly, view.scope, tuple(month_ends(view.as_of, MONTHS)))
    stage_names = {"DISBURSED": _("Disbursed"), "SPENT": _("Spent")}
    rows = [
        {
            "code": f"{figure} {month.until}",
            "month": f"{month.until:%y-%m}",
            "stage": stage,
            "word": stage_names[stage],
            "value": formats.money_number(amount),
            "text": formats.fen(amount),
        }
        for month in monthly
        for stage, figure, amount in (
            ("DISBURSED", "fund_disbursed", month.disbursed),
            ("SPENT", "fund_spent", month.spent),
        )
    ]
    draw(
        charts.monthly,
        rows if any(row["value"] for row in rows) else [],
        key="funds-months",
        title=_months_in_words(monthly),
        says=_(
            "disbursed and spent in each of {n} months, the last up to {day}",
            n=MONTHS,
            day=view.as_of,
        ),
        hint=_("click a month to see what was moved by its end"),
        on_choose=_to_month,
        columns={"month": _("Month"), "word": _("Stage"), "text": _("Money")},
        empty=_("Nothing was disbursed or spent in {n} months.", n=MONTHS),
        texts={**stage_names, "money": formats.money_unit()},
    )
    if monthly:
        last = monthly[-1]
        st.caption(
            _(
                "Since {since}: disbursed {disbursed}, spent {spent}.",
                since=last.since,
                disbursed=formats.fen(last.disbursed),
                spent=formats.fen(last.spent),
            )
        )


def _months_in_words(found: Sequence[Month]) -> str:
    """Return a title with the money disbursed and spent over the months."""
    disbursed, spent = (sum(getattr(each, of) for each in found) for of in ("disbursed", "spent"))
    if not disbursed and not spent:
        return _("Money month by month")
    return _(
        "In {n} months {disbursed} were disbursed and {spent} spent",
        n=len(found),
        disbursed=formats.fen(disbursed),
        spent=formats.fen(spent),
    )


def _to_month(code: str) -> None:
    figure, _space, day = code.partition(" ")
    ways.go("list", figure=figure, as_of=day)


def age_texts() -> dict[str, str]:
    """Return the names of the bands of days for which money has been idle."""
    return {
        "0-89": _("less than 90 days"),
        "90-180": _("90 to 180 days"),
        "181-365": _("181 to 365 days"),
        "366+": _("366 days and more"),
    }


def _lying(view: View, projects: Projects) -> None:
    ages_of_idle(view, projects)
    idle = [line for line in projects.worst if line.idle]
    if not idle:
        return
    st.caption(
        _(
            "From 90 days on it is idle: {amount} in all. The most idle projects:",
            amount=formats.fen(sum(projects.lying[1:])),
        )
    )
    for line in idle[:MOST_IDLE]:
        ways.page_link(
            f"{literal(line.name)} · {literal(line.unit_name)} · {formats.fen(line.idle)} ›",
            "unit",
            node=f"unit:{line.unit}",
        )
    ways.list_link(_("All idle projects ›"), "fund_idle")


def _idle_in_words(found: Projects) -> str:
    """Return a title with the idle money, and how much of it has been idle for over a year."""
    idle, longest = sum(found.lying[1:]), found.lying[-1]
    if not any(found.lying):
        return _("Disbursed and not yet spent")
    if not idle:
        return _("Nothing that was disbursed is idle for 90 days or more")
    if not longest:
        return _(
            "{amount} idle for 90 days or more, nothing for over a year", amount=formats.fen(idle)
        )
    return _(
        "{amount} idle for 90 days or more, {longest} of it for over a year",
        amount=formats.fen(idle),
        longest=formats.fen(longest),
    )


def _to_lying(band: str) -> None:
    # Money counts as idle after 90 days; below that only the list of money disbursed applies.
    ways.go("list", figure="fund_disbursed" if band == AGES[0][0] else "fund_idle")


def _nothing_lies(view: View) -> str:
    disbursed = reads.figures_of(view.scope)["fund_disbursed"]
    if disbursed.known and disbursed.numerator:
        return _("All that was disbursed is spent.")
    return text_if_empty(view, "fund_disbursed", _("Nothing is disbursed so far."))


def ages_of_idle(view: View, projects: Projects) -> None:
    """Draw money that was disbursed and not yet spent, by how long ago it was disbursed."""
    called = age_texts()
    draw(
        charts.idle_by_age,
        [
            {
                "code": band,
                "name": called[band],
                "place": place,
                "value": formats.money_number(projects.lying[place]),
                "text": formats.fen(projects.lying[place]),
            }
            for place, (band, _first, _after) in enumerate(AGES)
        ]
        if any(projects.lying)
        else [],
        key="funds-idle",
        title=_idle_in_words(projects),
        says=_("by days since it was disbursed; the oldest money is spent first"),
        hint=_("click to see the list"),
        on_choose=_to_lying,
        columns={"name": _("Days since it was disbursed"), "text": _("Money")},
        empty=_nothing_lies(view),
    )
