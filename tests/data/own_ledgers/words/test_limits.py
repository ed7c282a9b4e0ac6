"""Time limits as people write them."""

from datetime import date

import pytest

from data.own_ledgers.words.limits import DefaultLimits, LimitRead, read_limit
from data.own_ledgers.words.phrases import Phrases
from data.own_ledgers.words.stated import Limit
from data.reference.lists import shipped
from models.rectification import RectType

PHRASES = Phrases(shipped().lists["own_words"], {})
DEFAULTS = DefaultLimits(immediate=60, first_milestone=180)
AT_ONCE, LASTING = RectType.IMMEDIATE, RectType.CONTINUOUS


def limit(written: object) -> LimitRead | None:
    return read_limit(written, year=2026, phrases=PHRASES, defaults=DEFAULTS)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("written", "on", "days", "rect_type", "assumed"),
    [
        ("2025年6月底前", date(2025, 6, 30), None, None, False),
        (date(2026, 9, 30), date(2026, 9, 30), None, None, False),
        ("2026.9.30", date(2026, 9, 30), None, None, False),
        ("2026年第三季度", date(2026, 9, 30), None, None, False),
        ("收到报告60日内", None, 60, None, False),
        ("收到审计报告之日起90日内", None, 90, None, False),
        ("自收到整改通知后三个月内", None, 90, None, False),
        ("60天", None, 60, None, False),
        ("30个工作日内", None, 42, None, False),
        ("半年内", None, 182, None, False),
        ("立即", None, 60, AT_ONCE, True),
        ("立行立改", None, 60, AT_ONCE, True),
        ("立行立改，2026年6月底前", date(2026, 6, 30), None, AT_ONCE, False),
        ("长期坚持", None, 180, LASTING, True),
        ("持续整改", None, 180, LASTING, True),
        ("2026年底前,并长期坚持", date(2026, 12, 31), None, LASTING, False),
        ("立行立改,长期坚持", None, 60, LASTING, True),
        ("已整改", None, 60, AT_ONCE, True),
        ("", None, None, None, False),
        ("—", None, None, None, False),
    ],
)
def test_a_limit_is_a_day_or_days_from_issue(
    written: object, on: date | None, days: int | None, rect_type: RectType | None, assumed: bool
) -> None:
    read = limit(written)
    assert read and (read.limit, read.rect_type, read.assumed) == (
        Limit(on, days),
        rect_type,
        assumed,
    )


def test_the_words_of_a_limit_are_kept() -> None:
    read = limit("收到报告60日内")
    assert read and read.words == "收到报告60日内"


@pytest.mark.parametrize("written", ["视情况而定", "按审计局要求", "3月或4月"])
def test_what_is_no_limit_is_not_guessed(written: str) -> None:
    assert limit(written) is None
