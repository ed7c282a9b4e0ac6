"""The rows that a chart on a page is drawn from."""

import pyarrow as pa
import pytest
from streamlit.testing.v1 import AppTest

pytestmark = pytest.mark.usefixtures("english")


def rows(app: AppTest, *columns: str) -> list[tuple[object, ...]]:
    """What the chart is drawn from whose rows have all of `columns`."""
    for chart in app.get("vega_lite_chart"):
        table = pa.ipc.open_stream(chart.proto.data.data).read_all()
        if set(columns) <= set(table.column_names):
            return list(zip(*(table[column].to_pylist() for column in columns), strict=True))
    raise LookupError(columns)
