"""The order and the settings of the columns of ledgers on the screen, by how they are declared."""

import pytest

from dashboard import i18n
from dashboard.widgets import ledger_columns
from dashboard.widgets.ledger_columns import parts
from models.kinds import Code, CreditCode, Note, Refers
from models.registry import BY_ID, LEDGERS


def ids(ledger):
    return [[column.id for column in part] for part in parts(BY_ID[ledger].columns)]


@pytest.mark.parametrize("ledger", LEDGERS, ids=lambda ledger: ledger.id())
def test_no_column_is_left_out(ledger):
    ordered = [column for part in parts(ledger.columns) for column in part]
    assert sorted(ordered, key=ledger.columns.index) == list(ledger.columns)


@pytest.mark.parametrize("ledger", LEDGERS, ids=lambda ledger: ledger.id())
def test_codes_and_notes_that_are_no_subject_stand_last(ledger):
    found = parts(ledger.columns)
    kinds = Code | CreditCode | Refers | Note
    assert not any(isinstance(column.kind, kinds) for column in found.rest)
    assert all(isinstance(column.kind, kinds) for column in found.last)


def test_a_finding_begins_with_its_title_and_time_limit():
    about, rest, last = ids("findings")
    assert about == ["title"]
    assert rest[0] == "due_on"
    assert last[-1] == "note"


@pytest.mark.parametrize(
    ("ledger", "first", "then"),
    [("appointments", "from_on", "until_on"), ("rectification_events", "on_date", "new_due_on")],
)
def test_a_day_that_ends_or_moves_something_is_no_time_limit(ledger, first, then):
    _about, rest, _last = ids(ledger)
    assert rest.index(first) < rest.index(then)


def test_a_report_is_said_by_its_kind_before_its_year():
    assert ids("reports")[0] == ["kind", "year", "number"]


def test_what_a_list_may_do_without_are_texts_and_codes_of_other_ledgers():
    spare = [each.id for each in BY_ID["findings"].columns if ledger_columns.is_spare(each)]
    assert spare == ["unit", "project", "note", "item", "category", "repeat_of"]


def settings_of(ledger, **row):
    found = parts([each for each in BY_ID[ledger].columns if each.id in row])
    with i18n.use_language("en"):
        shown = ledger_columns.cells((*found.about, *found.rest, *found.last), [row])
        return shown, ledger_columns.settings(found, shown)


@pytest.mark.parametrize(
    ("ledger", "column", "written"),
    [
        ("findings", "amount", "%.3f"),
        ("report_scores", "points", "%.1f"),
        ("reports", "year", "%d"),
    ],
)
def test_numbers_are_written_with_the_places_of_their_kind(ledger, column, written):
    _shown, settings = settings_of(ledger, **{column: 1_063_099})
    (only,) = settings.values()
    assert only["type_config"]["format"] == written


def test_a_table_sorts_money_by_its_exact_amount():
    shown, _settings = settings_of("findings", amount=106_309_900)
    assert list(shown.values()) == [[1.063099]]


@pytest.mark.parametrize(("title", "width"), [("短", None), ("长" * 30, ledger_columns.WIDE)])
def test_only_long_texts_get_a_width(title, width):
    found = parts(BY_ID["findings"].columns)._replace(rest=(), last=())
    with i18n.use_language("en"):
        settings = ledger_columns.settings(found, {"Title": [title]})
    assert settings.get("Title", {}).get("width") == width
