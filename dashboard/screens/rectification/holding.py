"""Whether rectification lasted: shares by type, source and severity, and what followed a
closure."""

from collections.abc import Sequence

import streamlit as st

from dashboard import formats, reads
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.markdown import literal
from dashboard.widgets import ways
from dashboard.widgets.drawing import heading, still
from dashboard.widgets.silence import draw_if_not_entered
from dashboard.widgets.tables import table
from dashboard.widgets.tiles import row_of_tiles, tile
from data.findings import holding
from data.findings.holding import Part
from data.findings.life import Life
from models.audit import Source
from models.days import YEAR, later
from models.rectification import Action, RectType, Severity
from models.rules.holding import came_back

WORST = 10


@still
def held(view: View) -> None:
    """Draw the share of closed findings that held, by type, source, severity; the worst units,
    categories."""
    if draw_if_not_entered(view, "fix_held", _("Did the fix hold")):
        return
    _figures(view)
    returned_findings = reads.ask(holding.came_back, view.scope, WORST)
    by_part, by_unit, by_category = st.columns(3, border=True)
    with by_part:
        heading(_("By source"), _("the kind of audit that found it"))
        _parts(
            returned_findings.sources,
            _("Source"),
            "holding-sources",
            [name(Source(p.code).label) for p in returned_findings.sources],
        )
        heading(_("By severity"))
        _parts(
            returned_findings.severities,
            _("Severity"),
            "holding-severities",
            [name(Severity(p.code).label) for p in returned_findings.severities],
        )
    with by_unit:
        heading(_("Units in which fixes came back"), _("the most first; click to see one"))
        _parts(returned_findings.units, _("Unit"), "holding-units")
    with by_category:
        heading(_("Categories that came back"), _("the most first"))
        _parts(returned_findings.categories, _("Category"), "holding-categories")


def _figures(view: View) -> None:
    heading(
        _("Did the fix hold"),
        _("closures of a year ago or more; held is neither reopened nor found again in a year"),
    )
    kinds = [tile(view, "fix_held", str(kind), label=name(kind.label)) for kind in RectType]
    row_of_tiles("holding-figures", [tile(view, "fix_held"), *kinds])


def _parts(
    parts: Sequence[Part], called: str, key: str, names: Sequence[str] | None = None
) -> None:
    if not parts:
        none_judged = _("No closure is judged on this day.")
        st.caption(
            none_judged if names is not None else _("No closure judged on this day came back.")
        )
        return
    table(
        {
            called: names or [part.name for part in parts],
            _("Came back"): [part.came_back for part in parts],
            _("Closures judged"): [part.judged for part in parts],
            _("Held"): [formats.share_text(part.held, part.judged) for part in parts],
        },
        key=key,
        says=called,
        late=(_("Came back"),),
        onward=(lambda row: ways.unit_way(parts[row].code)) if key == "holding-units" else None,
    )


def after_closure(view: View, life: Life) -> None:
    """Draw what followed each closure: reopened, found again within a year, held, or too early
    to say."""
    events = [each.event for each in life.history]
    reopened = [event.on_date for event in events if event.action == Action.REOPEN]
    repeated = {repeat.issued_on: repeat.code for repeat in life.after}
    closures = [event.on_date for event in events if event.action == Action.CLOSE]
    if not closures:
        return
    heading(_("What came after the closure"))
    for closed_on in closures:
        again = sorted(
            (day, _("reopened on {day}", day=day))
            for day in reopened
            if came_back(closed_on, [day])
        )
        again += sorted(
            (day, _("found again on {day} as {code}", day=day, code=literal(code)))
            for day, code in repeated.items()
            if came_back(closed_on, [day])
        )
        if again:
            outcome = _("; ").join(text for _day, text in again)
        elif later(closed_on, YEAR) <= view.as_of:
            outcome = _("held for a year")
        else:
            outcome = _("nothing so far; judged from {day} on", day=later(closed_on, YEAR))
        st.caption(_("Closed on {day}: {said}", day=closed_on, said=outcome))
