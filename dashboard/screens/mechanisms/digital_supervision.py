"""Digital supervision: open warnings, computed and imported apart, and the record of each rule."""

from collections.abc import Mapping, Sequence
from decimal import ROUND_FLOOR
from fractions import Fraction

import streamlit as st

from dashboard import address, formats, ledger_values, reads, status
from dashboard.charts import mechanisms as charts
from dashboard.charts import palette
from dashboard.charts.status_colours import Tone
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.markdown import literal
from dashboard.screens import listing, listing_moved, next_acts
from dashboard.screens.mechanisms import warning_next
from dashboard.widgets import asked, headlines, placeholders, ways
from dashboard.widgets.drawing import draw, heading, still
from dashboard.widgets.panels import panel
from dashboard.widgets.silence import draw_if_not_entered, text_if_empty
from dashboard.widgets.tables import table
from data.figures.lines import Line
from data.figures.reading import rounded
from data.mechanisms import warning_signals
from data.mechanisms.warning_signals import RuleRecord
from models.rules.ranking import ENOUGH
from models.text import N_, NOTHING
from models.warning import Level, WarningSource

SHOWN = 50
RULE_WIDTH = 420
"""The width in pixels of the field to choose a rule."""
AT_FIRST, RULES_AT_FIRST = 10, 8
"""Of the open warnings, and of the rules, those shown at first."""
EVERY = "ALL"
"""The code in the address of warnings from every source."""
TONES: Mapping[Level, Tone] = {Level.RED: Tone.BAD, Level.YELLOW: Tone.WARN}
RED = f"warnings_open:{Level.RED}"
"""The figure of the open red warnings."""
Record = Mapping[str, RuleRecord]
THRESHOLD_UNITS: Mapping[str, str] = {
    "days": N_("days"),
    "percent": N_("%"),
    "units": N_("units"),
    "grades": N_("grades"),
    "yuan": N_("yuan"),
}
"""The unit of a rule's threshold."""


@still
def digital_supervision(view: View) -> None:
    """Draw open warnings one by one and by rule, and the record of every rule."""
    with panel():
        _open(view)
    records = reads.ask(warning_signals.by_rule, view.scope)
    for column, source in zip(st.columns(2, border=True), reversed(WarningSource), strict=True):
        with column:
            _by_rule(view, source, records)
    with panel():
        _rules(records)


def _rule(code: str) -> str:
    return ledger_values.listed_name("warning_rules", code)


def _of_source(source: WarningSource, records: Record) -> dict[str, RuleRecord]:
    listed = reads.references().codes["warning_rules"]
    return {
        code: record
        for code, record in records.items()
        if listed.get(code, {}).get("source") == source
    }


def _by_rule(view: View, source: WarningSource, records: Record) -> None:
    titles = {
        WarningSource.COMPUTED: _("Computed warnings"),
        WarningSource.IMPORTED: _("Imported warnings"),
    }
    if draw_if_not_entered(view, f"warnings_open:source={source}", titles[source]):
        return
    readings = reads.figures_of(view.scope)
    count, closure = (
        readings[f"{figure}:source={source}"] for figure in ("warnings_open", "warning_closure")
    )
    draw(
        charts.warnings_by_rule,
        [
            {"code": code, "rule": _rule(code), "level": level, "value": open_now}
            for code, record in _of_source(source, records).items()
            for level, open_now in record.open.items()
        ],
        key=f"warnings-{source}",
        title=_most_warned(_of_source(source, records), titles[source]),
        says=_(
            "number open by rule; of the last year {closed} are closed ({parts})",
            closed=formats.text(closure),
            parts=formats.of_denominator(closure) or NOTHING,
        ),
        hint=_("click to see them"),
        on_choose=lambda rule: address.ask_of_page(source=str(source), rule=rule),
        columns={"rule": _("Rule"), "value": _("Open now")},
        empty=_("No warning of this kind is open."),
        texts={str(level): f"{palette.SHAPES[level]} {name(level.label)}" for level in Level},
    )
    ways.list_link(_("All {n} ›", n=count.text), "warnings_open", f"source={source}")


def _most_warned(records: Record, subject: str) -> str:
    """Return a title that names the rule with the most open warnings."""
    counted = {_rule(code): sum(record.open.values()) for code, record in records.items()}
    total = sum(counted.values())
    said = f"{subject} {total}" if total else subject
    return headlines.most(counted, subject=said, otherwise=said)


def most_open(view: View, most: int) -> None:
    """Draw the `most` rules with the most open warnings, both computed and imported."""
    records = reads.ask(warning_signals.by_rule, view.scope)
    open_now = {code: sum(record.open.values()) for code, record in records.items()}
    worst = sorted((code for code in open_now if open_now[code]), key=lambda code: -open_now[code])
    draw(
        charts.warnings_by_rule,
        [
            {"code": code, "rule": _rule(code), "level": level, "value": value}
            for code in worst[:most]
            for level, value in records[code].open.items()
        ],
        key="warnings-most",
        title=_most_warned(records, _("Open warnings")),
        says=_left_out(worst[most:], open_now) or _("number open by rule, the most first"),
        empty=text_if_empty(view, "warnings_open", _("No warning of this kind is open.")),
        texts={str(level): f"{palette.SHAPES[level]} {name(level.label)}" for level in Level},
    )


def _left_out(codes: Sequence[str], open_now: Mapping[str, int]) -> str:
    """Return how many rules are not shown, with their open warnings; "" if all are."""
    if not codes:
        return ""
    return _(
        "number open by rule, the most first; {n} more rules with {open} open are not shown",
        n=len(codes),
        open=sum(open_now[code] for code in codes),
    )


def _open(view: View) -> None:
    readings = reads.figures_of(view.scope)
    sources = {EVERY: _("All {n}", n=readings["warnings_open"].text)}
    for each in reversed(WarningSource):
        count = readings[f"warnings_open:source={each}"].text
        sources[str(each)] = f"{name(each.label)} {count}"
    rules = {code: _rule(code) for code in reads.references().codes["warning_rules"]}
    chosen, rule = asked.choice("source", sources), asked.choice("rule", rules)
    source = WarningSource(chosen) if chosen not in ("", EVERY) else None
    heading(literal(_most_open(view)), _says(view, source, rule))
    with asked.filters("warnings", "source", "rule", horizontal=True):
        asked.pick("source", _("Warning source"), sources)
        with st.container(width=RULE_WIDTH):
            asked.select("rule", _("Rule"), rules, inside=True)
    open_signals = reads.ask(warning_signals.open_ones, view.scope, source, rule, SHOWN, view.since)
    if not open_signals:
        message = _("No such warning is open on {day}.", day=view.as_of)
        figure = f"warnings_open:source={source}" if source else "warnings_open"
        st.caption(text_if_empty(view, figure, message))
        return
    levels = [warning_signals.level_of(line) for line in open_signals]
    new = [listing_moved.mark(is_new=line.row.since > view.since) for line in open_signals]
    table(
        {
            _("Level"): [status.of_level(level) for level in levels],
            _("Unit"): [line.unit_name for line in open_signals],
            **({listing_moved.mark_heading(view): new} if any(new) else {}),
            _("Days open"): [
                ((view.as_of - line.row.since).days, TONES[level])
                for line, level in zip(open_signals, levels, strict=True)
            ],
            _("About"): [_about(line) for line in open_signals],
            _("Rule"): [_rule(warning_signals.rule_of(line)) for line in open_signals],
            next_acts.heading(): [
                next_acts.cell(view, each) for each in warning_next.of(view, open_signals)
            ],
            _("Raised on"): [line.row.since for line in open_signals],
            _("Ledger"): [name(line.ledger.SHEET) for line in open_signals],
            _("Record"): [_code(line) for line in open_signals],
        },
        key="warnings-open",
        says=_("Open warnings"),
        onward=lambda row: listing.onward(open_signals[row]),
        columns={_("Rule"): st.column_config.TextColumn(width="medium")},
        first=AT_FIRST,
        spare=(_("Raised on"), _("Ledger"), _("Record")),
        cards={
            next_acts.heading(): next_acts.card(),
            _("Rule"): "{n}",
            _("Days open"): _("open for {n} days", n="{n}"),
            _("About"): "{n}",
            listing_moved.mark_heading(view): "{n}",
        },
    )


def _about(line: Line) -> str | None:
    """Return what a warning is about; None if that is its rule, which stands beside it."""
    subject = listing.subject(line)
    return None if subject == _rule(warning_signals.rule_of(line)) else subject


def _most_open(view: View) -> str:
    """Return a title with the number of open warnings, of the red ones if there are any, and the
    units that have the most of these."""
    readings = reads.figures_of(view.scope)
    count, red = readings["warnings_open"], readings[RED]
    said = _("Open warnings")
    if not count.known or not count.numerator or view.scope.node.is_unit:
        return said
    key, title = "warnings_open", _("Open warnings {n}", n=count.text)
    if red.numerator:
        key, title = RED, _("Open warnings {n}, red {red}", n=count.text, red=red.text)
    counted = {
        code: number
        for code, of_unit in reads.by_unit(view.scope, "warnings_open").items()
        if (number := int(of_unit[key].numerator or 0))
    }
    names = reads.unit_names(tuple(counted))
    return headlines.most(
        {names.get(code, code): number for code, number in counted.items()},
        subject=title,
        otherwise=title,
    )


def _says(view: View, source: WarningSource | None, rule: str) -> str:
    """Return the order of the open warnings, how many are not shown, and how many were closed."""
    listed = reads.references().codes["warning_rules"]
    counted = sum(
        sum(record.open.values())
        for code, record in reads.ask(warning_signals.by_rule, view.scope).items()
        if rule in ("", code) and (source is None or listed.get(code, {}).get("source") == source)
    )
    order = _("red first, of each level the new ones, then the oldest")
    says = headlines.first_of(order, SHOWN, counted)
    closure = reads.figures_of(view.scope)["warning_closure"]
    if not closure.known or not closure.denominator:
        return says
    closed = _(
        "of the last year {closed} are closed ({parts})",
        closed=formats.text(closure),
        parts=formats.of_denominator(closure) or NOTHING,
    )
    return _("; ").join((closed, says))


def _code(line: Line) -> str | None:
    """Return the code of a row; None if its key has several parts, which the subject describes
    better."""
    return line.row.key if len(line.ledger.key_columns()) == 1 else None


def _rules(records: Record) -> None:
    references = reads.references()
    listed = references.codes["warning_rules"]
    heading(
        _("The rules"),
        _(
            "of the last year; the share of false alarms only from {n} verdicts on",
            n=ENOUGH,
        ),
    )
    placeholders.mark("warning_rules")
    # Rules with open warnings come first, in the order of the list.
    rules = sorted(listed, key=lambda code: not any(_record(records, code).open.values()))
    records_in_order = [_record(records, code) for code in rules]
    rows = [listed[code] for code in rules]
    table(
        {
            _("Rule"): [f"{code} {_rule(code)}" for code in rules],
            _("Warning source"): [name(WarningSource(row["source"]).label) for row in rows],
            _("Level"): [name(Level(row["level"]).label) for row in rows],
            _("Switched on"): [_("no") if row.get("on") == "0" else _("yes") for row in rows],
            _("Threshold"): [_threshold(row) for row in rows],
            _("Open now"): [sum(record.open.values()) for record in records_in_order],
            _("Raised in the year"): [record.raised for record in records_in_order],
            _("Closed or false"): [record.done for record in records_in_order],
            _("Verified"): [record.true + record.false for record in records_in_order],
            _("False alarms"): [_false_alarms(record) for record in records_in_order],
            _("Days to verify"): [_mean(record.days_to_verify) for record in records_in_order],
            _("Days to close"): [_mean(record.days_to_close) for record in records_in_order],
        },
        key="warnings-rules",
        says=_("The rules"),
        columns={
            _("Rule"): st.column_config.TextColumn(width="large"),
            _("Days to verify"): st.column_config.NumberColumn(format="%.1f"),
            _("Days to close"): st.column_config.NumberColumn(format="%.1f"),
        },
        first=RULES_AT_FIRST,
        late=(_("Open now"),),
    )
    st.caption(
        _(
            "Verdicts, days to verify and days to close are of imported warnings; a computed one"
            " closes when its condition no longer holds. Thresholds stand in the list of rules."
        )
    )


def _record(records: Record, code: str) -> RuleRecord:
    return records.get(code, RuleRecord())


def _threshold(row: Mapping[str, str]) -> str:
    if not row.get("threshold"):
        return NOTHING
    unit = row.get("threshold_unit") or ""
    return f"{row['threshold']} {_(THRESHOLD_UNITS.get(unit, unit))}".strip()


def _false_alarms(record: RuleRecord) -> str:
    verdicts = record.true + record.false
    if verdicts < ENOUGH:
        return NOTHING
    share = rounded(Fraction(100 * record.false, verdicts), 1, ROUND_FLOOR)
    return f"{share}% ({record.false}/{verdicts})"


def _mean(days: Sequence[int]) -> float | None:
    return float(rounded(Fraction(sum(days), len(days)), 1)) if days else None
