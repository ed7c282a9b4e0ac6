"""The page Data tells faults by kind and column, and lists those of one kind on demand."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.tables import lists

pytestmark = pytest.mark.usefixtures("english")


def many_faults() -> None:
    from dashboard.screens.data.faults import show_faults
    from data.workbook.rows import Fault
    from models.text import sentence

    wrong = sentence("This is not a date. Enter it like 2026-03-31.")
    faults = [Fault("问题清单", row, "整改期限", f"月底{row}", wrong) for row in range(2, 602)]
    faults.append(Fault("问题清单", 9, "责任单位", None, sentence("Enter 是 or 否.")))
    show_faults(faults)


def test_faults_of_a_kind_are_one_line_with_a_count_and_an_example() -> None:
    app = AppTest.from_function(many_faults).run()
    assert not app.exception
    kinds, _each = (frame.value for frame in lists(app))
    assert list(kinds["Faults"]) == [600, 1]
    assert (kinds["Example"][0], kinds["First row"][0]) == ("月底2", 2)


def test_one_kind_can_be_looked_at() -> None:
    app = AppTest.from_function(many_faults).run()
    app.selectbox[0].set_value(2).run()
    _kinds, each = (frame.value for frame in lists(app))
    assert list(each["Column"]) == ["责任单位"]
