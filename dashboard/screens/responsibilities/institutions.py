"""The internal audit institution and the internal audit group of each unit."""

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from dashboard import reads
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.widgets import asked, ways
from dashboard.widgets.downloads import Cells, offer
from dashboard.widgets.drawing import heading
from dashboard.widgets.silence import known, not_entered
from dashboard.widgets.tables import table
from data.responsibilities import posts
from data.responsibilities.posts import UnitPosts
from models.duty import GROUP, InstitutionForm
from models.grid import UnitKind

PAGE = 50
ALL, NONE, INCOMPLETE = "all", "NONE", "INCOMPLETE"
WANTED: Mapping[str, Callable[[UnitPosts], bool]] = {
    ALL: lambda unit: True,
    NONE: lambda unit: unit.institution is None,
    str(InstitutionForm.JOINT): lambda unit: unit.institution is InstitutionForm.JOINT,
    str(InstitutionForm.INDEPENDENT): lambda unit: unit.institution is InstitutionForm.INDEPENDENT,
    INCOMPLETE: lambda unit: bool(unit.group_vacancies),
}
"""The units that can be asked for; without an institution they come first in the list of all."""
ORDER = (None, InstitutionForm.JOINT, InstitutionForm.INDEPENDENT)


def institutions(view: View) -> None:
    """Each unit's institution and what its group lacks, a page at a time.

    Where nobody in the district has entered institutions, or appointments, that half is left out.
    """
    halves = known(view, "institution_rate"), known(view, "group_rate")
    if not any(halves):
        not_entered(view, "institution_rate", _("Institutions and internal audit groups"))
        return
    with_institutions, with_groups = halves
    found = reads.ask(posts.posts, view.scope)
    names = {
        ALL: _("All units"),
        NONE: _("No institution"),
        **{str(form): name(form.label) for form in (ORDER[1], ORDER[2]) if form},
        INCOMPLETE: _("Group incomplete"),
    }
    left_out = set() if with_institutions else {NONE, *map(str, ORDER[1:])}
    left_out |= set() if with_groups else {INCOMPLETE}
    counted = {
        code: f"{said} {sum(map(WANTED[code], found))}"
        for code, said in names.items()
        if code not in left_out
    }
    code = asked.pick("form", _("Institution"), counted)
    units = sorted(
        filter(WANTED[code], found),
        key=lambda unit: (ORDER.index(unit.institution), -len(unit.group_vacancies), unit.unit),
    )
    heading(
        _("Institutions and internal audit groups"),
        _("{n} units, those without an institution first; click to see one", n=len(units)),
    )
    if not units:
        st.info(_("No unit is so. Choose another group of units."))
        return
    page = asked.page(-(-len(units) // PAGE))
    shown = units[(page - 1) * PAGE : page * PAGE]
    table(
        _cells(shown, *halves),
        key="institutions",
        says=_("Units with their institution and what their group lacks"),
        onward=lambda row: ways.unit_way(shown[row].unit),
        columns={_("The group lacks"): st.column_config.TextColumn(width="large")},
        tall=True,
    )
    offer(
        view,
        lambda: _cells(units, *halves),
        title=_("Institutions and internal audit groups"),
        key="institutions",
    )


def _cells(shown: Sequence[UnitPosts], with_institutions: bool, with_groups: bool) -> Cells:
    cells: dict[str, Sequence[object]] = {
        _("Unit"): [unit.name for unit in shown],
        _("Kind"): [name(UnitKind(unit.kind).label) for unit in shown],
    }
    if with_institutions:
        cells[_("Institution")] = [
            name(unit.institution.label) if unit.institution else _("none") for unit in shown
        ]
        cells[_("Since")] = [unit.institution_since for unit in shown]
    if with_groups:
        cells[_("In the group")] = [
            f"{len(GROUP) - len(unit.group_vacancies)}/{len(GROUP)}" for unit in shown
        ]
        cells[_("The group lacks")] = [
            _(", ").join(name(each.role.label) for each in unit.group_vacancies) for unit in shown
        ]
    return cells
