"""Links from a figure to its list and from a row to its unit or finding, and the breadcrumb."""

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
    """A step of the breadcrumb: a page and its address parameters."""

    label: str
    page: str
    asked: tuple[tuple[str, str | None], ...] = ()


def remember_pages(pages: Mapping[str, st.Page]) -> None:
    """Store the registered pages by name, for links.

    Links use these objects, since Streamlit would look for the path of a script on disk.
    """
    st.session_state[PAGES] = pages


def go(to: str, **asked: str | None) -> None:
    """Switch to the page `to` with these parameters; for use in click callbacks."""
    going.go(to, **asked)


def to_unit(code: str) -> None:
    """Switch to the page of a unit."""
    go("unit", node=f"unit:{code}")


def to_finding(code: str) -> None:
    """Switch to the page of a finding."""
    go(FINDING.name, finding=code)


def unit_way(code: str) -> Part | None:
    """Return the link from a row to its unit's page; None for rows of the district itself."""
    return board.way("unit", node=f"unit:{code}") if code else None


def finding_way(code: str) -> Part:
    """Return the link from a row to its finding's page."""
    return board.way(FINDING.name, finding=code)


def list_link(
    label: str, figure: str, bucket: str = "", *, node: str | None = None, says: str | None = None
) -> None:
    """Draw a link to the list behind a figure, at another node if one is given."""
    asked = {"figure": figure, "bucket": bucket or None}
    if node:
        asked["node"] = node
    _link(LIST.name, label, None, says, asked)


def page_link(label: str, to: str, icon: str | None = None, **asked: str | None) -> None:
    """Draw a link to another page that keeps node and days."""
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
    """Draw the breadcrumb above a page that is not in the menu."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="trail"):
        for step in steps:
            page_link(literal(step.label), step.page, **dict(step.asked))
            st.markdown(":gray[›]", width="content")
        st.markdown(f"**{here}**", width="content")


def steps_to(view: View) -> list[Step]:
    """Return the steps of the breadcrumb from the overview to the node of the view."""
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
    """Return the name of the node of the view."""
    node = str(view.scope.node)
    for choice in node_choices.nodes(view.viewer):
        if choice.id == node:
            return choosers.node_label(choice)
    named = node_choices.node_name(view.viewer, node)
    return name(named.name) if named else node


def name_of_sector(code: str) -> str:
    """Return the name of a sector."""
    return reads.sectors().get(code, code)


def wall_address(**asked: str) -> str:
    """Return the URL of the wall screen, with parameters for the dark theme and no Streamlit
    controls."""
    return address.to("wall", **asked, embed="true", embed_options="dark_theme")
