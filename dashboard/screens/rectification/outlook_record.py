"""The accuracy of forecasts: those made at the ends of 24 months, compared with what happened."""

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard.charts import outlook as charts
from dashboard.frame.view import View
from dashboard.i18n import _
from dashboard.reads import outlook as asked_outlook
from dashboard.widgets.drawing import draw, heading
from dashboard.widgets.tables import table
from data.outlook.expected import HORIZONS, Record
from data.outlook.method import Method
from models.rules import forecast_record
from models.rules.forecast_record import LEAST_CASES, Said
from models.text import NOTHING

LONGEST = max(HORIZONS)
LEAST_HELD = 0.7
"""The share of months in which a range must hold; below it the ranges are too narrow."""


def record(view: View) -> None:
    """Draw the scores of the method, the ranges by month, and the chances against actual shares."""
    findings = asked_outlook.record(view.scope)
    told = _held_in_words(_judged(findings.said[LONGEST]))
    with st.expander(_("{record}: {told}", record=_("The record"), told=told)):
        _numbers(view, findings)
        by_month, by_chance = st.columns(2, border=True)
        with by_month:
            _ranges(findings)
        with by_chance:
            _calibration(view)


def _basis(view: View) -> list[str]:
    """Return whether the chances are computed by group or are the base rate, and why."""
    return [
        _("{what}: {verdict}", what=what, verdict=verdict(method))
        for method, what in _methods(view).items()
    ]


def _methods(view: View) -> Mapping[Method, str]:
    return {
        asked_outlook.of_findings(view.scope): _("Findings"),
        asked_outlook.of_reports(view.scope): _("Reports"),
    }


def verdict(method: Method) -> str:
    """Return a sentence that says what the district's record shows about the chances."""
    score = method.score
    if not score.is_enough:
        return _(
            "only {n} limits stand behind the record, fewer than {least}: the base rate is shown.",
            n=score.limits,
            least=LEAST_CASES,
        )
    scores = {"own": _brier(score.brier), "base": _brier(score.brier_base), "n": score.limits}
    if score.is_better:
        return _(
            "chances by group missed by less than the base rate"
            " (Brier score {own} against {base}, {n} limits): they are shown.",
            **scores,
        )
    return _(
        "chances by group were no better than the base rate"
        " (Brier score {own} against {base}, {n} limits): the base rate is shown.",
        **scores,
    )


def _brier(score: float | None) -> str:
    return NOTHING if score is None else f"{score:.4f}"


def _numbers(view: View, findings: Record) -> None:
    reports = asked_outlook.record_of_reports(view.scope)
    rows = [
        (what, method, own)
        for (method, what), own in zip(_methods(view).items(), (findings, reports), strict=True)
    ]
    heading(
        _("The record"),
        _("what would have been said at the end of each of 24 months, against what came"),
    )
    table(
        {
            _("Of"): [what for what, _method, _own in rows],
            **{
                _("Ranges for {n} days that held", n=days): [
                    _held(own.said[days]) for _what, _method, own in rows
                ]
                for days in HORIZONS
            },
            _("Limits here"): [own.score.limits for _what, _method, own in rows],
            _("Limits in the district"): [method.score.limits for _what, method, _own in rows],
            _("Brier score"): [_brier(method.score.brier) for _what, method, _own in rows],
            _("Brier score of the base rate"): [
                _brier(method.score.brier_base) for _what, method, _own in rows
            ],
        },
        key="outlook-record",
        says=_("The record"),
    )
    st.caption(" ".join([*_basis(view), *_cautions(view, rows[0][1], findings)]))


def _held(ranges: tuple[Said, ...]) -> str:
    judged = _judged(ranges)
    if not judged:
        return NOTHING
    return _("{held} of {all}", held=sum(each.held for each in judged), all=len(judged))


def _judged(ranges: tuple[Said, ...]) -> list[Said]:
    """Return the ranges that could have been wrong: those of months with time limits ahead."""
    return [each for each in ranges if each.expected.out_of]


def _cautions(view: View, method: Method, findings: Record) -> list[str]:
    """Return the limits of the record: its first day, and what it does not cover."""
    sentences = [
        _(
            "The Brier score is the mean squared miss of the chances: 0 is perfect, less is better."
            " The chances are learnt and judged in the whole district, the ranges here."
        )
    ]
    if method.by_date:
        sentences.append(
            _(
                "For {n} of {all} months what was known then is not kept: the first entry is of"
                " {since}. They are told by the dates of what happened, as if entered at once.",
                n=len(method.by_date),
                all=len(method.months),
                since=method.known_since or NOTHING,
            )
        )
    else:
        sentences.append(
            _("Each forecast uses only what had been entered by the end of its month.")
        )
    judged = _judged(findings.said[LONGEST])
    held = sum(each.held for each in judged)
    if judged and held < LEAST_HELD * len(judged):
        sentences.append(
            _(
                "The ranges held less often than four times in five: {held} of {all}. Allow for"
                " more on either side.",
                held=held,
                all=len(judged),
            )
        )
    if findings.score.limits < LEAST_CASES:
        sentences.append(
            _(
                "Only {n} limits of this place stand behind its ranges, fewer than {least}: they"
                " tell little of it alone.",
                n=findings.score.limits,
                least=LEAST_CASES,
            )
        )
    return sentences


def _ranges(findings: Record) -> None:
    draw(
        charts.ranges,
        [
            {
                "month": each.said_on,
                "low": each.expected.low,
                "high": each.expected.high,
                "came": each.came,
                "state": "HELD" if each.held else "MISSED",
            }
            for each in _judged(findings.said[LONGEST])
        ],
        key="outlook-ranges",
        title=_held_in_words(_judged(findings.said[LONGEST])),
        says=_(
            "limits passed in the {n} days after each month's end: the range as a bar, what came"
            " as a point",
            n=LONGEST,
        ),
        texts={
            "HELD": _("within the range"),
            "MISSED": _("outside it"),
            "range": _("range"),
            "came": _("came"),
        },
        empty=_("No month is over for which something could have been said."),
    )


def _held_in_words(judged: Sequence[Said]) -> str:
    """Return a title that says how often the actual number was within the forecast range."""
    if not judged:
        return _("What was said, and what came")
    held = sum(bool(each.held) for each in judged)
    return _("In {held} of {n} months what came lay within the range", held=held, n=len(judged))


def _calibration(view: View) -> None:
    method = asked_outlook.of_findings(view.scope)
    draw(
        charts.calibration,
        [
            {
                "said": band.said,
                "came": band.came,
                "cases": band.cases,
                "text": _(
                    "said {said}, came {came}; {n} cases",
                    said=f"{band.said:.0%}",
                    came=f"{band.came:.0%}",
                    n=band.cases,
                ),
            }
            for band in forecast_record.calibration(method.cases)
        ],
        key="outlook-calibration",
        title=_("Are the chances right"),
        says=_(
            "the share of limits that were passed, by the chance given; on the line both are"
            " equal; the number of cases beside each point; whole district"
        ),
        texts={"said": _("chance given"), "came": _("share passed")},
        empty=_("No limit has passed for which a chance could have been given."),
    )
