"""Faults by kind and column."""

from data.workbook.fault_groups import fault_groups
from data.workbook.rows import Fault
from models.text import sentence


def fault(row: int, column: str, message: str, **values: object) -> Fault:
    return Fault("问题清单", row, column, str(row), sentence(message, **values))


FAULTS = [
    fault(2, "金额", "wrong {n}", n=1),
    fault(3, "日期", "wrong {n}", n=2),
    fault(4, "金额", "wrong {n}", n=3),
    fault(5, "金额", "other"),
]


def test_faults_of_a_kind_in_a_column_are_one_group_with_its_first_as_example() -> None:
    [largest, *others] = fault_groups(FAULTS)
    assert (largest.count, largest.example) == (2, FAULTS[0])
    assert [group.faults for group in others] == [(FAULTS[1],), (FAULTS[3],)]


def test_the_same_column_of_another_sheet_is_another_group() -> None:
    other = Fault("整改记录", 2, "金额", "2", FAULTS[0].sentence)
    assert len(fault_groups([FAULTS[0], other])) == 2


def test_no_faults_are_no_groups() -> None:
    assert list(fault_groups([])) == []
