"""Amounts as people write them, in 万元."""

from decimal import Decimal

import pytest

from data.own_ledgers.words.money import read_amount, unit_in
from data.own_ledgers.words.stated import ALL

AMOUNTS = [
    (45.0, "万元", "45"),
    ("560.00 ", "万元", "560"),
    ("1,234.50", "万元", "1234.5"),
    ("1，234.50", "万元", "1234.5"),
    ("１２３．５", "万元", "123.5"),
    ("约30", "万元", "30"),
    ("约30万元左右", "元", "30"),
    ("30余万元", "万元", "30"),
    ("2.3亿元", "万元", "23000"),
    ("3亿", "元", "30000"),
    ("32.6万元", "元", "32.6"),
    ("5000元", "万元", "0.5"),
    ("2亿3000万元", "万元", "23000"),
    ("人民币12万元整", "万元", "12"),
    ("￥1,000,000.00", "元", "100"),
    (50_000_000.0, "元", "5000"),
    (0.01, "元", "0.000001"),
    ("0", None, "0"),
    ("5千元", "万元", "0.5"),
    ("12.5万元（其中违规8万元）", "元", "12.5"),
    ("12.5（万元）", "元", "12.5"),
    ("53万余元", "元", "53"),
    ("12万5千元", "元", "12.5"),
]


@pytest.mark.parametrize(("written", "unit", "amount"), AMOUNTS)
def test_an_amount_is_read_in_wan(written: str | float, unit: str | None, amount: str) -> None:
    read = read_amount(written, unit)
    assert read and (read.value, read.needs_unit, read.rounded) == (Decimal(amount), False, False)


@pytest.mark.parametrize("written", ["", "无", "—", "/", "-", "——", "不涉及", "N/A", "非资金类"])
def test_a_dash_or_none_is_no_money(written: str) -> None:
    read = read_amount(written, "万元")
    assert read and read.value is None


@pytest.mark.parametrize("written", ["全部", "全额", "100%"])
def test_all_is_the_amount_of_the_finding(written: str) -> None:
    read = read_amount(written, "万元")
    assert read and read.value == ALL


@pytest.mark.parametrize("written", ["待核实", "12万元,3万元", "10-20万", -5.0, "90%", True])
def test_what_is_no_one_amount_is_not_guessed(written: str | float) -> None:
    assert read_amount(written, "万元") is None


def test_a_bare_number_needs_a_unit_of_money() -> None:
    read = read_amount(30.0, None)
    assert read and read.needs_unit


def test_less_than_a_fen_is_rounded_and_said() -> None:
    read = read_amount(1 / 3, "万元")
    assert read and (read.value, read.rounded) == (Decimal("0.333333"), True)


@pytest.mark.parametrize(
    ("heading", "unit"),
    [
        ("涉及金额(万元)", "万元"),
        ("债券资金（元）", "元"),
        ("问题金额\n（单位：亿元）", "亿元"),
        ("金额/万元", "万元"),
        ("金额（人民币元）", "元"),
        ("问题单位", None),
        ("单元", None),
    ],
)
def test_the_unit_of_money_in_a_heading(heading: str, unit: str | None) -> None:
    assert unit_in(heading) == unit
