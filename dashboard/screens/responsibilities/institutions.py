"""The internal audit institution and the internal audit group of each unit."""

from collections.abc import Callable, Mapping

from dashboard import reads
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.widgets import asked, lists, ways
from dashboard.widgets.drawing import heading, still
from dashboard.widgets.gap_first import none_wanting
from dashboard.widgets.lists import Column, Kind
from dashboard.widgets.silence import draw_if_not_entered, is_known
from data.responsibilities import posts
from data.responsibilities.posts import UnitPosts
from models.duty import GROUP, InstitutionForm
from models.grid import UnitKind

PAGE = 50
AT_FIRST = 15
"""Units of a page shown at first."""
ALL, NONE, INCOMPLETE = "all", "NONE", "INCOMPLETE"
WANTED: Mapping[str, Callable[[UnitPosts], bool]] = {
    ALL: lambda unit: True,
    NONE: lambda unit: unit.institution is None,
    str(InstitutionForm.JOINT): lambda unit: unit.institution is InstitutionForm.JOINT,
    str(InstitutionForm.INDEPENDENT): lambda unit: unit.institution is InstitutionForm.INDEPENDENT,
    INCOMPLETE: lambda unit: bool(unit.group_vacancies),
}
"""The filters of units by code; in the list of all, units without an institution come first."""
ORDER = (None, InstitutionForm.JOINT, InstitutionForm.INDEPENDENT)


@still
def institutions(view: View) -> None:
    """Draw each unit's institution and what its group lacks, a page at a time.

    If the district has no entries on institutions, or on appointments, that half is left out.
    """
    halves = is_known(view, "institution_rate"), is_known(view, "group_rate")
    if not any(halves):
        draw_if_not_entered(view, "institution_rate", _("Institutions and internal audit groups"))
        return
    with_institutions, with_groups = halves
    units_and_posts = reads.ask(posts.posts, view.scope)
    names = {
        ALL: _("All units"),
        NONE: _("No institution"),
        **{str(form): name(form.label) for form in (ORDER[1], ORDER[2]) if form},
        INCOMPLETE: _("Group incomplete"),
    }
    left_out = set() if with_institutions else {NONE, *map(str, ORDER[1:])}
    left_out |= set() if with_groups else {INCOMPLETE}
    counted = {
        code: f"{label} {sum(map(WANTED[code], units_and_posts))}"
        for code, label in names.items()
        if code not in left_out
    }
    code = asked.pick("form", _("Institution"), counted)
    units = sorted(
        filter(WANTED[code], units_and_posts),
        key=lambda unit: (ORDER.index(unit.institution), -len(unit.group_vacancies), unit.unit),
    )
    heading(
        _("Institutions and internal audit groups"),
        _("{n} units, those without an institution first; click to see one", n=len(units)),
    )
    if not units:
        n = len(units_and_posts)
        none_wanting(
            _("None of the {n} units is in this group.", n=n),
            _("All {n} units ›", n=n),
            "institutions-all",
            form=ALL,
        )
        return
    page = asked.page_number(-(-len(units) // PAGE))
    shown = units[(page - 1) * PAGE : page * PAGE]
    columns = _columns(with_institutions, with_groups)
    lists.draw(
        columns,
        shown,
        key="institutions",
        says=_("Units with their institution and what their group lacks"),
        onward=lambda unit: ways.unit_way(unit.unit),
        first=AT_FIRST,
    )
    lists.download(
        view,
        columns,
        lambda: units,
        title=_("Institutions and internal audit groups"),
        key="institutions",
    )


def _columns(with_institutions: bool, with_groups: bool) -> list[Column[UnitPosts]]:
    columns: list[Column[UnitPosts]] = [
        Column("unit", _("Unit"), lambda unit: unit.name),
        Column("kind", _("Kind"), lambda unit: name(UnitKind(unit.kind).label)),
    ]
    if with_institutions:
        columns += [
            Column("institution", _("Institution"), _institution),
            Column("since", _("Since"), lambda unit: unit.institution_since, Kind.DAY),
        ]
    if with_groups:
        columns += [
            Column("group", _("In the group"), _in_group),
            Column("lacking", _("The group lacks"), _lacking, width="large"),
        ]
    return columns


def _institution(unit: UnitPosts) -> str:
    return name(unit.institution.label) if unit.institution else _("none")


def _in_group(unit: UnitPosts) -> str:
    return f"{len(GROUP) - len(unit.group_vacancies)}/{len(GROUP)}"


def _lacking(unit: UnitPosts) -> str:
    return _(", ").join(name(each.role.label) for each in unit.group_vacancies)
