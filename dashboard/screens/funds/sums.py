"""Major funds: money approved, disbursed and spent, idle money, and late projects."""

from collections.abc import Sequence

import streamlit as st

from dashboard import address, formats, reads
from dashboard.charts import funds as charts
from dashboard.frame.view import View
from dashboard.i18n import _
from dashboard.screens.funds import projects, said, warnings
from dashboard.screens.funds.by_kind import rates_of_kinds, stages
from dashboard.screens.funds.idle import idle_money
from dashboard.widgets import asked, buttons, trust, ways
from dashboard.widgets.drawing import draw, still
from dashboard.widgets.panels import panel
from dashboard.widgets.silence import draw_if_not_entered
from dashboard.widgets.tiles import row_of_tiles, tile
from data.money import funds
from data.money.funds import Month
from models.days import month_ends

FIGURES = ("fund_approved", "disbursement_rate", "spending_rate", "fund_idle")
"""The figures above the tabs; the two rates name what is disbursed and spent."""
MONTHS = 24


def funds_page(view: View) -> None:
    """Draw a sentence on what is wanting and sums, then tabs: what is wanting, projects, kinds and
    months."""
    _head(view)
    if said.projects_of(view).count:
        parts = {
            "wanting": (_("Idle and warned"), _wanting),
            "projects": (_("Projects"), projects.projects),
            "course": (_("By kind and month"), _course),
        }
        asked.tabs_of_view(view, parts)
    else:
        _to_latest_day(view)


def _to_latest_day(view: View) -> None:
    """Draw the way to the latest day of the data, where the view is of an earlier one."""
    latest = reads.latest_day()
    if latest is None or view.as_of >= latest:
        return
    st.button(
        _("Show the data of {day}", day=latest),
        type=buttons.main_button_type(),
        key="funds-latest",
        on_click=address.put,
        args=("as_of", latest.isoformat()),
    )


@still
def _head(view: View) -> None:
    if draw_if_not_entered(view, "fund_approved"):
        st.info(_what_to_do(view))
        return
    if not said.projects_of(view).count:
        st.info(
            _(
                "No major fund project was approved here by {day}. Choose another node or day, or"
                " take in the sheets of fund projects and their flows.",
                day=view.as_of,
            )
        )
        return
    said.say(view, FIGURES)
    tells = not trust.is_said_once(view, FIGURES)
    row_of_tiles(
        "funds-figures",
        [tile(view, figure, tells_trust=tells) for figure in FIGURES],
    )


def _what_to_do(view: View) -> str:
    """Return what to do where no fund project was entered by the day."""
    latest = reads.latest_day()
    if latest and view.as_of < latest:
        return _(
            "The data reach to {latest}; by {day} no fund project had been approved. Choose a later"
            " day.",
            latest=latest,
            day=view.as_of,
        )
    return _("Take in the sheets of fund projects and their flows.")


@still
def _wanting(view: View) -> None:
    """Draw the open warnings and the projects past their planned completion beside the idle money,
    above the projects by the share of money spent."""
    found = said.projects_of(view)
    warned, lying = st.columns([3, 2], border=True)
    with warned:
        warnings.warnings(view, found)
        projects.past_completion(view, found)
    with lying:
        idle_money(view, found)
    with panel():
        projects.completion(view, found)


@still
def _course(view: View) -> None:
    """Draw money by kind and month, and the rates of each kind."""
    readings = reads.ask(funds.by_kind, view.scope)
    by_kind, months = st.columns(2, border=True)
    with by_kind:
        stages(readings)
    with months:
        _months(view)
    with panel():
        rates_of_kinds(readings)


def _months(view: View) -> None:
    monthly = reads.ask(funds.monthly, view.scope, tuple(month_ends(view.as_of, MONTHS)))
    stage_names = {"DISBURSED": _("Disbursed"), "SPENT": _("Spent")}
    moved = [
        (month, *each)
        for month in monthly
        for each in (
            ("DISBURSED", "fund_disbursed", month.disbursed),
            ("SPENT", "fund_spent", month.spent),
        )
    ]
    texts = formats.money_texts(amount for _month, _stage, _figure, amount in moved)
    rows = [
        {
            "code": f"{figure} {month.until}",
            "month": f"{month.until:%y-%m}",
            "stage": stage,
            "word": stage_names[stage],
            "value": formats.money_number(amount),
            "text": text,
        }
        for (month, stage, figure, amount), text in zip(moved, texts, strict=True)
    ]
    draw(
        charts.monthly,
        rows if any(row["value"] for row in rows) else [],
        key="funds-months",
        title=_months_in_words(monthly),
        says=_(
            "disbursed and spent in each of {n} months, the last up to {day}, in {unit}",
            n=MONTHS,
            day=view.as_of,
            unit=formats.money_unit(),
        ),
        hint=_("click a month to see what was moved by its end"),
        on_choose=_to_month,
        columns={
            "month": _("Month"),
            "word": _("Stage"),
            "text": _("{column} ({unit})", column=_("Money"), unit=formats.money_unit()),
        },
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
