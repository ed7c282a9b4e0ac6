"""Stages and rates of major funds by kind of fund."""

import streamlit as st

from dashboard import formats
from dashboard.charts import coverage
from dashboard.charts import funds as charts
from dashboard.charts.status_colours import Tone
from dashboard.i18n import _, name
from dashboard.widgets import headlines, ways
from dashboard.widgets.drawing import draw, heading
from dashboard.widgets.tables import table
from data.figures.reading import Reading, Readings
from models.fund import FundKind

STAGES = {"APPROVED": "fund_approved", "DISBURSED": "fund_disbursed", "SPENT": "fund_spent"}


def _amount(readings: Readings, figure: str, kind: FundKind) -> int:
    return int(readings[f"{figure}:{kind}"].numerator or 0)


def _kinds_in(readings: Readings) -> list[FundKind]:
    return [kind for kind in FundKind if _amount(readings, "fund_approved", kind)]


def stages(readings: Readings) -> None:
    """Draw how much was approved, disbursed and spent of each kind of fund."""
    kinds = _kinds_in(readings)
    stage_names = {"APPROVED": _("Approved"), "DISBURSED": _("Disbursed"), "SPENT": _("Spent")}
    bars = [(kind, stage, figure) for kind in kinds for stage, figure in STAGES.items()]
    sums = [_amount(readings, figure, kind) for kind, _stage, figure in bars]
    draw(
        charts.funnel,
        [
            {
                "code": f"{figure} {kind}",
                "name": name(kind.label),
                "stage": stage,
                "word": stage_names[stage],
                "value": formats.money_number(amount),
                "text": text,
            }
            for (kind, stage, figure), amount, text in zip(
                bars, sums, formats.money_texts(sums), strict=True
            )
        ],
        key="funds-kinds",
        title=_in_words(kinds, readings),
        says=_("money by kind of fund, so far, in {unit}", unit=formats.money_unit()),
        hint=_("click to see the list"),
        on_choose=_to_figure,
        columns={"name": _("Kind of fund"), "word": _("Stage"), "text": _money()},
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


def _money() -> str:
    """Return the heading of sums of money, with their unit."""
    return _("{column} ({unit})", column=_("Money"), unit=formats.money_unit())


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
    return headlines.least_reading(
        spent, subject=_("Spending rate"), otherwise=_("How far it gets")
    )


def rates_of_kinds(readings: Readings) -> None:
    kinds = _kinds_in(readings)
    idle = _("{column} ({unit})", column=_("Idle"), unit=formats.money_unit())
    lying = [_amount(readings, "fund_idle", kind) for kind in kinds]
    heading(_("How far it gets"), _("disbursed of approved, spent of disbursed, and what is idle"))
    table(
        {
            _("Kind of fund"): [name(kind.label) for kind in kinds],
            _("Disbursement rate"): [readings[f"disbursement_rate:{kind}"].text for kind in kinds],
            _("Spending rate"): [_spent(readings[f"spending_rate:{kind}"]) for kind in kinds],
            idle: [formats.money_number(amount) for amount in lying],
        },
        key="funds-rates",
        says=_("How far it gets"),
        columns={
            idle: st.column_config.NumberColumn(format=f"%.{formats.places_of(lying)}f"),
        },
        watched=(idle,),
    )


def _spent(reading: Reading) -> str | tuple[str, Tone]:
    """Return a share as written, red where more was spent than disbursed."""
    share = formats.share(reading)
    return (reading.text, Tone.BAD) if share and share > 1 else reading.text
