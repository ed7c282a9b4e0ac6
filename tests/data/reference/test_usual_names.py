"""Usual names of sectors and indicators have an English name; a district's own stay."""

from data.demonstration.district import SECTORS
from data.demonstration.mechanisms import INDICATORS
from data.reference.usual_names import usual


def test_sectors_and_indicators_of_the_demonstration_have_an_english_name():
    called = [each[1] for each in SECTORS] + [each[0] for each in INDICATORS]
    english = [usual(each).of("en") for each in called]
    assert all(each.isascii() for each in english)
    assert len(set(english)) == len(called)


def test_a_name_that_is_not_usual_stays_as_it_is():
    assert usual("区管学会").of("en") == usual("区管学会").of("zh_CN") == "区管学会"
