"""Definitions of every figure and every ledger column, and the reference lists behind the rules."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

import streamlit as st
from sqlalchemy import Connection

from dashboard import formats, reads
from dashboard.charts.status_colours import Tone
from dashboard.elements import board, matters
from dashboard.elements.lists import Without
from dashboard.frame.view import View
from dashboard.i18n import _, name, say
from dashboard.markdown import DOT, literal
from dashboard.status import Status
from dashboard.widgets import asked, beginning, course, judged, sentence, tiles
from dashboard.widgets import lists as list_widgets
from dashboard.widgets.downloads import XLSX, hand_out
from dashboard.widgets.drawing import heading, still
from dashboard.widgets.lists import Column, Kind
from dashboard.widgets.tables import table
from data.figures import targets
from data.figures.catalogue import Better, Figure, Quantity, Way
from data.figures.reading import rounded
from data.meetings import freezes
from data.reference.lists import current
from data.reference.official_counts import OfficialCount, official_counts
from data.workbook.cells.explain import rules_in_words
from models.registry import LEDGERS
from models.rules import worsening
from models.text import N_, NOTHING, Label

FIRST = 20
"""Figures of all subjects that are shown before the viewer asks for the rest."""
BETTER: Mapping[Better, str] = {
    Better.HIGHER: N_("higher is better"),
    Better.LOWER: N_("lower is better"),
    Better.NEITHER: N_("no direction"),
}


def figures(view: View) -> None:
    """Draw which figures miss their targets, then every figure by subject: definition, formula,
    unit, direction, present value."""
    _missed(view)
    wanted = st.text_input(
        _("Search"),
        key="definitions-search",
        placeholder=_("Search names and definitions"),
        label_visibility="collapsed",
        width=480,
    )
    if not any(_fits(figure, wanted or "") for figure in reads.catalogue().values()):
        st.info(_("No figure says “{text}”.", text=wanted))
        return
    _listed(view, (wanted or "").strip())
    hand_out(
        _("All definitions (.xlsx)"),
        lambda: list_widgets.workbook(
            columns(), list(reads.catalogue().values()), _("Definitions")
        ),
        subject="definitions",
        file_name=_("Definitions") + f" {view.as_of}.xlsx",
        mime=XLSX,
        key="definitions-download",
    )


@still
def _missed(view: View) -> None:
    """Draw one sentence: each figure that misses its target, by how much and what it changed by, a
    way to its rows; that all are met; nothing if none has a target and a value."""
    short = {figure: _points_short(view, figure) for figure in reads.catalogue().values()}
    missed = [
        matters.piece(
            _("{figure} {points} pp short", figure=_(figure.name), points=rounded(points, 1)),
            Tone.BAD,
            board.list_way(figure.id),
            tiles.change_of(view, figure.id),
        )
        for figure, points in short.items()
        if points
    ]
    if missed:
        named = matters.named(_("targets not met {n}", n=len(missed)))
        sentence.draw([named, *missed, tiles.said_against(view)], "definitions-say")
    elif any(points is not None for points in short.values()):
        sentence.draw([matters.piece(_("every target is met"), Tone.GOOD)], "definitions-say")


@still
def _listed(view: View, wanted: str) -> None:
    """Draw the figures that contain the text `wanted`, those that miss their targets first; if it
    is "" those of one subject, or those that miss or reach their targets."""
    matching_figures = [figure for figure in reads.catalogue().values() if _fits(figure, wanted)]
    standings = {figure.id: _standing(view, figure) for figure in matching_figures}
    if not wanted:
        matching_figures = _of_subject(_of_standing(view, matching_figures, standings))
    matching_figures.sort(key=lambda figure: not _misses(standings[figure.id]))
    every = len(matching_figures) == len(reads.catalogue())
    counted = _(
        "{n} of {all}; click one to see its rows",
        n=len(matching_figures),
        all=len(reads.catalogue()),
    )
    cut = _(tiles.CUT)
    red = _(
        "A change for the worse is red from {points} points of a share or {part} of another"
        " figure on; a smaller one is quiet.",
        points=worsening.GRAVE_POINTS * 100,
        part=f"{worsening.GRAVE_PART * 100}%",
    )
    day = _("D is the day of the figures, here {day}.", day=view.as_of)
    aimed = sum(1 for figure in matching_figures if course.target(view, figure.id))
    without = _("{n} have no target: they are watched, not judged", n=len(matching_figures) - aimed)
    heading(_("Figures"), _("; ").join([counted, without]) if aimed else counted)
    list_widgets.draw(
        _shown(view, standings, with_ids=not every),
        matching_figures,
        key="definitions-figures",
        says=_("Figures"),
        first=FIRST if every else list_widgets.PAGE,
        onward=lambda figure: board.list_way(figure.id),
    )
    st.caption(f"{day} {cut} {red}")


def _standing(view: View, figure: Figure) -> Status | None:
    """Return whether a figure reaches its target, and by how much it misses it; None without a
    target or a value."""
    short = _points_short(view, figure)
    if short is None:
        return None
    if not short:
        return Status(Tone.GOOD, _("Met"), quiet=True)
    return Status(Tone.BAD, _("Not met, by {points} pp", points=rounded(short, 1)))


def _points_short(view: View, figure: Figure) -> Fraction | None:
    """Return by how many points a figure misses its target; 0 if it reaches it, None without a
    target or a value."""
    wanted, reading = course.target(view, figure.id), reads.figures_of(view.scope).get(figure.id)
    return targets.points_short(reading, wanted) if wanted and reading and reading.known else None


def _misses(standing: Status | None) -> bool:
    return standing is not None and standing.tone is Tone.BAD


def _of_standing(
    view: View, figures: list[Figure], standings: Mapping[str, Status | None]
) -> list[Figure]:
    """Draw the choice of figures that miss, reach or have no targets, if any has one; return them,
    or all if none is chosen."""
    missed = [figure for figure in figures if _misses(standings[figure.id])]
    met = [each for each in figures if standings[each.id] and each not in missed]
    others = [each for each in figures if not course.target(view, each.id)]
    if not missed and not met:
        return figures
    which = asked.pick(
        "target",
        _("Target"),
        {
            "all": _("All {n}", n=len(figures)),
            "missed": Status(Tone.BAD, _("Not met {n}", n=len(missed))).text,
            "met": Status(Tone.GOOD, _("Met {n}", n=len(met))).text,
            "none": _("Without target {n}", n=len(others)),
        },
    )
    return {"missed": missed, "met": met, "none": others}.get(which, figures)


def _of_subject(figures: Sequence[Figure]) -> list[Figure]:
    """Draw a choice of subject; return its figures, or all if none is chosen."""
    subjects = list(dict.fromkeys(figure.subject for figure in figures))
    names = {str(place): _(each) for place, each in enumerate(subjects)}
    every = {"all": _("All {n}", n=len(figures))}
    with asked.filters("subjects", "subject"):
        picked = asked.pick("subject", _("Subject"), every | names)
    if picked in every:
        return list(figures)
    return [figure for figure in figures if figure.subject == subjects[int(picked)]]


def _shown(
    view: View, standings: Mapping[str, Status | None], *, with_ids: bool
) -> list[Column[Figure]]:
    """Return the columns of a figure on the page: value, target, how it stands to it, change,
    meaning, formula, direction and where the target is from.

    The id, which only the command line asks for, is left out of the list of all figures.
    """
    readings, then = reads.figures_of(view.scope), _frozen_versions(view)
    earlier = beginning.readings_before(view)

    def value(figure: Figure) -> str:
        reading = readings.get(figure.id)
        if figure.only_buckets or reading is None or not reading.known or reading.exact is None:
            return NOTHING if figure.only_buckets else formats.text(reading)
        # Money and shares are written with theirs; what is counted, the definition says.
        bare = figure.way is Way.SHARE or figure.quantity in (Quantity.MONEY, Quantity.ROWS)
        if bare:
            return formats.text(reading)
        return _("{amount} {unit}", amount=reading.text, unit=formats.unit_of(figure))

    def change(figure: Figure) -> tuple[str, Tone | None] | None:
        now, before = readings.get(figure.id), earlier.get(figure.id)
        if now is None or before is None or figure.only_buckets:
            return None
        moved = judged.change(view, now, before)
        return tiles.cell_of(figure, moved) if moved else None

    def target(figure: Figure) -> str | Without:
        wanted = course.target(view, figure.id)
        return wanted.text if wanted else Without(_("no target"))

    def aim(figure: Figure) -> str:
        parts = (_(BETTER[figure.better]), _source(view, figure), _version(figure, then))
        return _("; ").join(part for part in parts if part)

    return [
        Column("figure", _("Figure"), lambda figure: _(figure.name), width="medium"),
        Column("now", _("Now"), value, card="{n}"),
        Column("target", _("Target"), target, card=_("Target {share}", share="{n}")),
        Column(
            "standing",
            _("Met or not"),
            lambda figure: standings[figure.id],
            Kind.STATUS,
            card="{n}",
        ),
        Column("change", _("Since {day}", day=view.since), change, card="{n}"),
        Column(
            "definition",
            _("Definition"),
            lambda figure: _(figure.definition),
            width="large",
            card="{n}",
        ),
        Column("formula", _("Formula"), lambda figure: _(figure.formula), width="large"),
        Column("aim", _("Direction; source of the target"), aim, width="medium"),
        Column("id", _("Id"), lambda figure: figure.id, screen=with_ids),
    ]


def _source(view: View, figure: Figure) -> str:
    """Return who set the target of a figure, and its start; "" without a target."""
    wanted = course.target(view, figure.id)
    if wanted is None:
        return ""
    if "targets" not in reads.references().replaced:
        return _("the target is a default, not yet agreed")
    return _(
        "target from {day}, agreed by: {who}",
        day=wanted.from_on,
        who=wanted.agreed_by,
    )


def _frozen_versions(view: View) -> Mapping[str, str]:
    """Return, by figure, the version of its definition at the freeze of the view; empty without
    one."""
    return reads.ask_now(freezes.definitions_of, view.frozen.number) if view.frozen else {}


def _version(figure: Figure, then: Mapping[str, str]) -> str:
    """Return a note if a definition has changed since the freeze; the file names the version."""
    if not then or then.get(figure.id) == figure.version:
        return ""
    return _("defined otherwise when it was frozen")


def _fits(figure: Figure, wanted: str) -> bool:
    texts = (figure.id, _(figure.name), _(figure.definition), _(figure.subject))
    return wanted.strip().casefold() in " ".join(texts).casefold()


def columns() -> list[Column[Figure]]:
    """Return the columns of the workbook of definitions; the page shows them as prose."""
    return [
        Column("id", _("Id"), lambda figure: figure.id),
        Column("subject", _("Subject"), lambda figure: _(figure.subject)),
        Column("figure", _("Figure"), lambda figure: _(figure.name)),
        Column("definition", _("Definition"), lambda figure: _(figure.definition), width="large"),
        Column("formula", _("Formula"), lambda figure: _(figure.formula), width="large"),
        Column("unit", _("Unit"), formats.written_in),
        Column("direction", _("Direction"), lambda figure: _(BETTER[figure.better])),
        Column("parts", _("Parts"), _parts, width="large"),
        Column("version", _("Version"), lambda figure: figure.version),
    ]


def _parts(figure: Figure) -> str:
    return "; ".join(f"{part.id} {name(part.label)}" for part in figure.buckets)


def ledgers() -> None:
    """Draw the data dictionary of the chosen ledger: every column, derived from the ledger's
    class."""
    chosen = st.selectbox(
        _("Ledger"),
        LEDGERS,
        format_func=lambda ledger: f"{name(ledger.SHEET)} · {ledger.id()}",
        key="definitions-ledger",
    )
    ledger = chosen or LEDGERS[0]
    references = reads.references()
    heading(_both(ledger.SHEET), _("columns of the sheet, in their order"))
    table(
        {
            _("Column"): [_both(column.label) for column in ledger.columns],
            _("Id"): [column.id for column in ledger.columns],
            _("Required"): [_("yes") if column.required else "" for column in ledger.columns],
            _("Key"): [_("yes") if column.key else "" for column in ledger.columns],
            _("What to enter"): [
                " ".join(say(rule) for rule in rules_in_words(ledger, column, references))
                for column in ledger.columns
            ],
        },
        key="definitions-columns",
        says=name(ledger.SHEET),
        columns={_("What to enter"): st.column_config.TextColumn(width="large")},
    )


def _both(label: Label) -> str:
    """Return a name in the reader's language; unless this is Chinese, followed by the template's
    name."""
    shown = name(label)
    return shown if shown == label.zh else f"{shown} · {label.zh}"


def _official(connection: Connection) -> tuple[OfficialCount, ...]:
    return official_counts(connection, current(connection))


def lists() -> None:
    """Draw the reference lists behind the rules, with official counts beside those configured."""
    references = reads.references()
    counts = reads.ask(_official)
    st.caption(DOT.join(f"{name(count.label)} {literal(count.text)}" for count in counts))
    chosen = st.selectbox(
        _("Reference list"),
        list(references.lists),
        format_func=list_title,
        key="definitions-list",
    )
    listed = chosen or next(iter(references.lists))
    if listed in references.replaced:
        st.caption(_("Entered by the district."))
    else:
        st.warning(
            _("A placeholder as shipped, until the district's own document takes its place.")
        )
    rows = references.lists[listed]
    if not rows:
        st.caption(_("The list is empty."))
        return
    table(
        {column: [row.get(column) for row in rows] for column in rows[0]},
        key="definitions-rows",
        says=list_title(listed),
    )


LIST_TITLES: Mapping[str, str] = {
    "subdistricts": N_("Subdistricts and their places on the map"),
    "content_items": N_("Content items: 13 of fund safety, 7 key audit contents"),
    "rubric": N_("Rubric of the four reports"),
    "duty_items": N_("Duties of the two subjects"),
    "rating_grades": N_("Grades 0A to 5A"),
    "vetoes": N_("Vetoes"),
    "warning_rules": N_("Warning rules"),
    "light_rules": N_("From where on a light turns"),
    "targets": N_("Targets of figures"),
    "own_headings": N_("Headings of own ledgers"),
    "own_words": N_("Words of own ledgers"),
    "holidays": N_("Holidays"),
}


def list_title(listed: str) -> str:
    """Return the name of a reference list."""
    return _(LIST_TITLES[listed])
