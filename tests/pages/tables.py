"""The lists on a page as sent to the browser, and clicks on them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
from streamlit.testing.v1 import AppTest


@dataclass(frozen=True)
class Shown:
    """A list: its widget, its values by heading, each status as its sign and word, its parts."""

    widget: str
    value: pd.DataFrame
    part: dict[str, Any]

    def tones(self, heading: str) -> list[str]:
        """The tones of the statuses in a column."""
        at = [column["name"] for column in self.part["columns"]].index(heading)
        return [row[at]["tone"] if row[at] else "" for row in self.part["rows"]]


def lists(app: AppTest) -> list[Shown]:
    """The lists of the page from top to bottom, including tables of Streamlit's own."""
    return list(_lists(app))


def tables_of_charts(app: AppTest) -> list[Shown]:
    """The tables that charts offer, from top to bottom."""
    found = []
    for element in app.main:
        proto = getattr(element, "proto", None)
        if getattr(proto, "component_name", "") == "gridlight_chart_table":
            ((part,),) = (region["parts"] for region in json.loads(proto.json)["regions"])
            found.append(Shown(proto.id, _frame(part["list"]), part["list"]))
    return found


def _lists(app: AppTest) -> Iterator[Shown]:
    for element in app.main:
        if element.type == "dataframe":
            yield Shown(element.proto.id, element.value, {})
        proto = getattr(element, "proto", None)
        if getattr(proto, "component_name", "") != "gridlight_list":
            continue
        ((part,),) = (region["parts"] for region in json.loads(proto.json)["regions"])
        yield Shown(proto.id, _frame(part), part)


def _frame(part: dict[str, Any]) -> pd.DataFrame:
    columns = {
        column["name"]: pd.Series(
            [_value(row[at], column["kind"]) for row in part["rows"]], dtype=object
        )
        for at, column in enumerate(part["columns"])
    }
    return pd.DataFrame(columns)


def _value(cell: Any, kind: str) -> Any:
    if isinstance(cell, dict):
        if "without" in cell:
            return None
        return f"{cell['sign']} {cell['word']}" if "word" in cell else cell["text"]
    return date.fromisoformat(cell) if kind == "day" and cell else cell


def click_row(app: AppTest, key: str, row: int) -> AppTest:
    """The page after a click on a row of the list with this key, counted from 0."""
    (found,) = (each for each in (*lists(app), *tables_of_charts(app)) if key in each.widget)
    way = found.part["ways"][row]
    if way:
        return _trigger(app, found.widget, "go", {"to": way["to"], "asked": way["asked"]})
    return _trigger(app, found.widget, "pick", row)


def click_heading(app: AppTest, key: str, heading: str) -> AppTest:
    """The page after a click on a heading of a list that is shown page by page."""
    (found,) = (each for each in lists(app) if key in each.widget)
    names = [column["name"] for column in found.part["columns"]]
    return _trigger(app, found.widget, "sort", names.index(heading))


def choose_rows(app: AppTest, key: str, *rows: int) -> AppTest:
    """The page after these rows, from 0, were chosen in the list with this key."""
    (found,) = (each for each in lists(app) if f"{key}-rows" in each.widget)
    return _trigger(app, found.widget, "choose", list(rows))


def _trigger(app: AppTest, widget: str, event: str, value: object) -> AppTest:
    # Streamlit's test client has no method for such a click.
    states = app._tree.get_widget_states()
    sent = json.dumps({"event": event, "value": value})
    states.widgets.add(id=_events(widget), json_trigger_value=sent)
    app._run(states)
    return app


def _events(widget: str) -> str:
    return f"$$STREAMLIT_INTERNAL_KEY_{widget}__events"
