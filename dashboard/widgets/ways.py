"""Links: from a figure to its list, from a row to its unit or finding, and the breadcrumb back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from dashboard import address, going, node_choices, reads
from dashboard.elements import board
from dashboard.elements.board import Part
from dashboard.frame import choosers
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.markdown import literal
from dashboard.navigation import FINDING, LIST, page_entry
from data.nodes import DISTRICT

PAGES = "ways-pages"


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the breadcrumb: where it leads, and with which parameters."""

    label: str
    page: str
    asked: tuple[tuple[str, str | None], ...] = ()


def remember_pages(pages: Mapping[str, st.Page]) -> None:
    """Remember the registered pages by name. Links use these objects, since Streamlit looks for the
    path of a script on the disk."""
    st.session_state[PAGES] = pages


def go(to: str, **asked: str | None) -> None:
    """Change to the page `to` with these parameters; for use in click callbacks."""
    going.go(to, **asked)


def to_unit(code: str) -> None:
    """Go to the page of a unit."""
    go("unit", node=f"unit:{code}")


def to_finding(code: str) -> None:
    """Go to the page of a finding."""
    go(FINDING.name, finding=code)


def unit_way(code: str) -> Part | None:
    """The link of a row to its unit's page; None for rows of the district itself."""
    return board.way("unit", node=f"unit:{code}") if code else None


def finding_way(code: str) -> Part:
    """The link of a row to its finding's page."""
    return board.way(FINDING.name, finding=code)


def list_link(
    label: str, figure: str, bucket: str = "", *, node: str | None = None, says: str | None = None
) -> None:
    """A link to the list behind a figure, at another node if one is named."""
    asked = {"figure": figure, "bucket": bucket or None}
    if node:
        asked["node"] = node
    _link(LIST.name, label, None, says, asked)


def page_link(label: str, to: str, icon: str | None = None, **asked: str | None) -> None:
    """A link to another screen that keeps node and days."""
    _link(to, label, icon, None, asked)


def _link(
    to: str, label: str, icon: str | None, says: str | None, asked: Mapping[str, str | None]
) -> None:
    known: Mapping[str, st.Page] = st.session_state.get(PAGES, {})
    st.page_link(
        known.get(to) or page_entry(to).script,
        label=label,
        icon=icon,
        help=says,
        query_params=address.link(**asked),
    )


def trail(steps: Sequence[Step], here: str) -> None:
    """The breadcrumb above a page outside the menu."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="trail"):
        for step in steps:
            page_link(literal(step.label), step.page, **dict(step.asked))
            st.markdown(":gray[›]", width="content")
        st.markdown(f"**{here}**", width="content")


def steps_to(view: View) -> list[Step]:
    """The breadcrumb from the overview to the node of the view."""
    steps = [Step(_("Overview"), "overview", (("node", None),))]
    node = view.scope.node
    if node.is_unit:
        unit = reads.units(view.scope)[0]
        sector = name_of_sector(unit.sector)
        steps.append(Step(sector, "coverage", (("node", f"sector:{unit.sector}"),)))
        steps.append(Step(unit.name, "unit", (("node", str(node)),)))
    elif str(node) != DISTRICT:
        steps.append(Step(node_name(view), "coverage", (("node", str(node)),)))
    return steps


def node_name(view: View) -> str:
    """What the node that is looked at is called."""
    node = str(view.scope.node)
    for choice in node_choices.nodes(view.viewer):
        if choice.id == node:
            return choosers.node_label(choice)
    named = node_choices.node_name(view.viewer, node)
    return name(named.name) if named else node


def name_of_sector(code: str) -> str:
    """The name of a sector."""
    return reads.sectors().get(code, code)


def wall_address(**asked: str) -> str:
    """The URL of the wall screen, with parameters for the dark theme and without Streamlit's
    controls."""
    return address.to("wall", **asked, embed="true", embed_options="dark_theme")
