"""Late reports, missed duties and overdue findings, by the person in charge, with days late."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from dashboard import ledger_values, reads
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.screens.unit_answers import done
from dashboard.widgets import lists, ways
from dashboard.widgets.drawing import heading, still
from dashboard.widgets.lists import Column, Kind
from data.responsibilities import late_matters
from data.responsibilities.late_matters import LateKind, LateMatter, LateUnder
from models.duty import PostRole
from models.report import ReportKind
from models.rules.in_charge import LateDays
from models.text import NOTHING

AT_FIRST = 20
"""Persons shown at first."""


def matters(view: View) -> None:
    """Draw each late report and missed duty with the person in charge, those not done yet first."""
    found = reads.ask(late_matters.late_matters, view.scope, names_in_full=view.names_in_full)
    heading(
        _("Late reports and missed duties"),
        _("of the last year, and every report that is not in; {n} in all", n=len(found)),
    )
    if not found:
        st.caption(_("None is entered by {day}.", day=view.as_of))
        return
    columns = [*_about(view), *_subjects()]
    lists.draw(columns, found, key="late-matters", says=_("Late reports and missed duties"))


@still
def by_person(view: View) -> None:
    """Draw who held a post while findings, reports and duties were late, most days first."""
    found = reads.ask(late_matters.by_person, view.scope, names_in_full=view.names_in_full)
    heading(
        _("Late under whom"),
        _(
            "days by which overdue findings, late reports and missed duties were late while"
            " somebody held the post, the most first"
        ),
    )
    if not found:
        st.caption(_("Nobody is entered under whom something was late by {day}.", day=view.as_of))
        return
    columns = _persons(with_unit=not view.scope.node.is_unit)
    lists.paged(
        columns,
        len(found),
        lambda first, most: found[first : None if most is None else first + most],
        key="late-persons",
        says=_("Late under whom"),
        first=AT_FIRST,
        onward=None if view.scope.node.is_unit else lambda row: ways.unit_way(row.unit),
    )
    lists.download(view, columns, lambda: found, title=_("Late under whom"), key="late-persons")


def _about(view: View) -> list[Column[LateMatter]]:
    return [
        Column(
            "standing",
            _("Standing"),
            lambda row: done(row.due_on, row.done_on, view.as_of),
            Kind.STATUS,
        ),
        Column("matter", _("Matter"), called, width="medium"),
        Column("due", _("Time limit"), lambda row: row.due_on, Kind.DAY),
        Column("done", _("Done on"), lambda row: row.done_on, Kind.DAY),
    ]


def _subjects() -> list[Column[LateMatter]]:
    titles = {
        PostRole.PRINCIPAL: (_("Principal when due, then"), _("Days late under principals")),
        PostRole.AUDITOR: (_("Auditor when due, then"), _("Days late under auditors")),
    }
    columns: list[Column[LateMatter]] = []
    for place, (role, (who, late)) in enumerate(titles.items()):
        columns += [
            Column(f"{role}".lower(), who, partial(_who, place)),
            Column(
                f"{role}-late".lower(),
                late,
                partial(_late, place),
                width="medium",
            ),
        ]
    return columns


def called(matter: LateMatter) -> str:
    """Return what is late in words: the duty, or the kind of report with year and number."""
    if matter.kind is LateKind.DUTY:
        return ledger_values.listed_name("duty_items", matter.what)
    if matter.kind is LateKind.REPORT:
        return f"{name(ReportKind(matter.what).label)} {matter.serial}"
    return matter.what


def _who(at: int, matter: LateMatter) -> str:
    """Return who held the post when the matter fell due and, if different, who held it at the
    end."""
    if not matter.subjects:
        return NOTHING
    under = matter.subjects[at]
    first, last = (
        _(", ").join(names) or _("nobody in post") for names in (under.at_due, under.at_end)
    )
    return first if under.at_due == under.at_end else f"{first} → {last}"


def _late(at: int, matter: LateMatter) -> str:
    return said_of_days(matter.subjects[at].late) if matter.subjects else NOTHING


def said_of_days(late: Sequence[LateDays]) -> str:
    """Return the days late under each holder of the post, in words."""
    return _("; ").join(
        _("{name}: {n} days", name=each.name or _("nobody in post"), n=each.days) for each in late
    )


def _persons(*, with_unit: bool) -> list[Column[LateUnder]]:
    unit: Column[LateUnder] = Column("unit", _("Unit"), lambda row: row.unit_name, width="medium")
    return [
        *([unit] if with_unit else []),
        Column("post", _("Post"), lambda row: name(row.role.label)),
        Column("person", _("Person"), lambda row: row.name or _("nobody in post")),
        Column("today", _("In post on the day"), _in_post),
        Column("days", _("Days late"), lambda row: row.days, Kind.WHOLE),
        Column("findings", _("Overdue findings"), lambda row: row.findings, Kind.WHOLE, late=True),
        Column("reports", _("Late reports"), lambda row: row.reports, Kind.WHOLE, late=True),
        Column("duties", _("Missed duties"), lambda row: row.duties, Kind.WHOLE),
    ]


def _in_post(row: LateUnder) -> str:
    if row.name is None:
        return NOTHING
    return _("yes") if row.in_post else _("no")
