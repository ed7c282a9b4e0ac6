"""The page of definitions says how much of what the district's documents count is entered."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine

from dashboard import reads
from dashboard.markdown import DOT
from dashboard.reads import cache
from models.account import Role
from tests.dashboard.apps import open_app
from tests.dashboard.signed_in import SignIn
from tests.data.contents import TODAY, kept, workbook
from tests.pages.tables import lists
from tests.pages.tiles import regions

pytestmark = pytest.mark.usefixtures("english")


def test_official_counts_stand_beside_what_is_entered(sign_in_as: SignIn, engine: Engine) -> None:
    kept(engine, workbook(key_tasks=[{}], units=[{"code": "E02", "pilot_batch": 1}]))
    cache.forget_version()
    sign_in_as(Role.LEADER)
    app = open_app("definitions", tab="lists")
    counts = (
        "13 fund-safety items 13/13",
        "7 key audit contents 7/7",
        "Key tasks 1/10",
        "Pilot units of the first batch 1/30",
    )
    assert DOT.join(counts) in [each.value for each in app.caption]


def test_all_figures_are_found_without_a_choice_and_those_of_a_subject_by_one(
    sign_in_as: SignIn, engine: Engine
) -> None:
    kept(engine, workbook())
    cache.forget_version()
    sign_in_as(Role.LEADER)
    (every,) = lists(open_app("definitions"))
    (of_first,) = lists(open_app("definitions", subject="0"))
    assert len(every.value) == len(reads.catalogue()) > len(of_first.value)
    assert "Id" in of_first.value and "Id" not in every.value


def test_a_value_has_its_unit_with_it_once(sign_in_as: SignIn, engine: Engine) -> None:
    due_on = TODAY - timedelta(60)
    kept(engine, workbook(findings=[{"unit": "E01", "due_on": due_on}]))
    cache.forget_version()
    sign_in_as(Role.LEADER)
    (listed,) = lists(open_app("definitions", as_of=TODAY.isoformat()))
    now = dict(zip(listed.value["Figure"], listed.value["Now"], strict=True))
    cards = {each["name"]: each["card"] for each in listed.part["columns"]}
    assert cards["Now"] == "{n}" and "Unit" not in cards
    assert now["Due rectification rate"] == "0.0%"
    assert now["Overdue findings"] == "1"
    assert now["Longest overdue"] == "60 days"


def test_how_shares_and_means_are_rounded_is_said_below_the_figures(
    sign_in_as: SignIn, engine: Engine
) -> None:
    kept(engine, workbook())
    cache.forget_version()
    sign_in_as(Role.LEADER)
    said = " ".join(each.value for each in open_app("definitions").caption)
    assert "Shares are cut to one decimal, not rounded; means are rounded." in said
    assert "D is the day of the figures, here " in said


def test_figures_below_their_targets_come_first_with_a_mark_and_what_changed(
    sign_in_as: SignIn, engine: Engine
) -> None:
    findings = [
        {"code": f"F{at}", "unit": "E01", "due_on": TODAY - timedelta(days)}
        for at, days in enumerate((60, 50, 5))
    ]
    closed = {"action": "CLOSE", "on_date": TODAY - timedelta(55)}
    kept(engine, workbook(findings=findings, rectification_events=[{"finding": "F0", **closed}]))
    cache.forget_version()
    sign_in_as(Role.LEADER)
    query = {"as_of": TODAY.isoformat(), "since": (TODAY - timedelta(30)).isoformat()}
    (every,) = lists(open_app("definitions", **query))
    value = every.value
    first = list(value["Figure"]).index("Due rectification rate")
    # The target stands beside the figure, and of others it is said that they have none.
    assert (value["Target"][first], value["Met or not"][first]) == ("95%", "● Not met, by 61.7 pp")
    columns = list(value)
    assert columns[: columns.index("Met or not") + 1] == ["Figure", "Now", "Target", "Met or not"]
    changed = next(name for name in value if name.startswith("Since "))
    assert value[changed][first] == "▼ 16.7 pp worse"
    missed = [each for each in value["Met or not"] if str(each).startswith("●")]
    assert list(value["Met or not"])[: len(missed)] == missed
    # They are said above the list, with what they changed by, and against what.
    said = regions(open_app("definitions", **query))["say"]["parts"][0]["pieces"]
    named, *pieces, against = said
    assert named["text"] == f"targets not met {len(missed)}"
    assert len(pieces) == len(missed) and against["text"] == f"changes against {query['since']}"
    (rate,) = [each for each in pieces if each["text"].startswith("Due rectification rate ")]
    assert rate["text"] == "Due rectification rate 61.7 pp short"
    assert (rate["tone"], rate["change"]["text"]) == ("bad", "▼ 16.7 pp")
    assert rate["way"]["to"] == "list"
    (others,) = lists(open_app("definitions", target="none", **query))
    assert others.part["rows"] and {row[2]["without"] for row in others.part["rows"]} == {
        "no target"
    }
    (chosen,) = lists(open_app("definitions", target="missed", **query))
    assert list(chosen.value["Figure"]) == list(value["Figure"])[: len(missed)]


def test_a_slight_change_for_the_worse_is_quiet_and_says_so(
    sign_in_as: SignIn, engine: Engine
) -> None:
    since = TODAY - timedelta(30)
    findings = [
        {"code": f"F{at:02}", "unit": "E01", "due_on": since - timedelta(10)} for at in range(40)
    ]
    closed = [
        {"finding": each["code"], "action": "CLOSE", "on_date": since - timedelta(20)}
        for each in findings[:20]
    ]
    findings.append({"code": "LATER", "unit": "E01", "due_on": TODAY - timedelta(5)})
    kept(engine, workbook(findings=findings, rectification_events=closed))
    cache.forget_version()
    sign_in_as(Role.LEADER)
    app = open_app("definitions", as_of=TODAY.isoformat(), since=since.isoformat())
    assert not app.exception
    (every,) = lists(app)
    at = list(every.value["Figure"]).index("Due rectification rate")
    assert every.value[f"Since {since}"][at] == "▼ 1.3 pp\N{NO-BREAK SPACE}worse"
