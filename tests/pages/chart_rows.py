"""The data of charts on a page, and clicks on them."""

import json
from typing import Any

import pyarrow as pa
from streamlit.testing.v1 import AppTest


def rows(app: AppTest, *columns: str, having: object = None) -> list[tuple[object, ...]]:
    """The rows of the first chart with all of `columns` and, if given, `having` in the first
    one."""
    for chart in app.get("vega_lite_chart"):
        table = pa.ipc.open_stream(chart.proto.data.data).read_all()
        if set(columns) <= set(table.column_names):
            found = list(zip(*(table[column].to_pylist() for column in columns), strict=True))
            if having is None or having in [row[0] for row in found]:
                return found
    raise LookupError(columns, having)


def click_chart(app: AppTest, key: str, code: str) -> AppTest:
    """The page after a click on the mark for `code` in a chart."""
    (chart,) = (each for each in app.get("vega_lite_chart") if key in each.proto.id)
    return _choose(app, chart.proto.id, {"choice": [{"code": code}]})


def _choose(app: AppTest, widget: str, selection: dict[str, Any]) -> AppTest:
    # Streamlit's test client has no method for such a click.
    states = app._tree.get_widget_states()
    states.widgets.add(id=widget, string_value=json.dumps({"selection": selection}))
    app._run(states)
    return app
