"""The figures on a page as sent to the browser: tiles and metrics."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from streamlit.testing.v1 import AppTest


@dataclass(frozen=True)
class ShownFigure:
    """A figure: label, value, both sides, change with its tone, tooltip, the link to its list."""

    label: str
    value: str
    of: str
    delta: str
    delta_tone: str
    help: str
    tone: str
    note: str
    brief: str
    apart: str
    second: tuple[tuple[str, str], ...]
    asked: dict[str, str] | None
    """The parameters of the link to its list; None if it has no list."""


def shown_figures(app: AppTest) -> list[ShownFigure]:
    """The figures of the page from top to bottom."""
    return list(_figures(app))


def _figures(app: AppTest) -> Iterator[ShownFigure]:
    for element in app.main:
        if element.type == "metric":
            yield ShownFigure(
                element.label,
                element.value,
                "",
                element.delta,
                "",
                element.help,
                "",
                "",
                "",
                "",
                (),
                None,
            )
        proto = getattr(element, "proto", None)
        if getattr(proto, "component_name", "") == "gridlight_board":
            for region in json.loads(proto.json)["regions"]:
                for part in region["parts"]:
                    if part["kind"] == "figure":
                        yield _of_tile(part)


def _of_tile(part: dict[str, Any]) -> ShownFigure:
    return ShownFigure(
        label=part["says"],
        value=part["value"],
        of=part["of"],
        delta=part["change"]["text"] if part["change"] else "",
        delta_tone=part["change"]["tone"] if part["change"] else "",
        help=part["definition"],
        tone=part["tone"],
        note=part["note"],
        brief=part["brief"],
        apart=part["apart"],
        second=tuple((each["name"], each["value"]) for each in part["second"]),
        asked=part["way"]["asked"] if part["way"] else None,
    )


def regions(app: AppTest) -> dict[str, dict[str, Any]]:
    """The regions of the boards of the page by their place; of two in one place, the first."""
    found: dict[str, dict[str, Any]] = {}
    for element in app.main:
        proto = getattr(element, "proto", None)
        if getattr(proto, "component_name", "") == "gridlight_board":
            for region in json.loads(proto.json)["regions"]:
                found.setdefault(region["area"], region)
    return found


def areas(element: Any) -> list[str]:
    """The places of the regions of a board; empty for another element."""
    proto = getattr(element, "proto", None)
    if getattr(proto, "component_name", "") != "gridlight_board":
        return []
    return [each["area"] for each in json.loads(proto.json)["regions"]]


def said(app: AppTest) -> list[tuple[str, str, dict[str, str] | None]]:
    """The pieces of the sentence above the figures: text, tone, and where the link leads, as the
    page and what it asks for."""
    (sentence,) = regions(app)["say"]["parts"]
    return [
        (
            each["text"],
            each["tone"],
            {"to": each["way"]["to"], **each["way"]["asked"]} if each["way"] else None,
        )
        for each in sentence["pieces"]
    ]


def words_of_trust(app: AppTest) -> set[str]:
    """What stands beside the names of the tiles about how complete their ledgers are."""
    return {
        part["sign"]
        for element in app.main
        if getattr(proto := getattr(element, "proto", None), "component_name", "")
        == "gridlight_board"
        for region in json.loads(proto.json)["regions"]
        for part in region["parts"]
        if part["kind"] == "figure"
    }


def sections(app: AppTest) -> dict[str, dict[str, Any]]:
    """The sections of the page by their names, as sent to the browser."""
    part, *_against = regions(app)["sections"]["parts"]
    return {each["name"]: each for each in part["sections"]}


def counted_against(app: AppTest) -> list[str]:
    """What is said below the sections that their changes are counted against."""
    _sections, *against = regions(app)["sections"]["parts"]
    return [piece["text"] for part in against for piece in part["pieces"]]


def stands(section: dict[str, Any]) -> list[tuple[str, str]]:
    """What stands in a section, each with its tone."""
    return [(each["text"], each["tone"]) for each in section["stands"]]
