"""`gridlight briefing`: a file that was compared, or a sentence that says why there is none."""

from datetime import date
from io import BytesIO

import docx
import pytest
from python_calamine import CalamineWorkbook

from dashboard.documents.briefing import checking, making
from dashboard.documents.official.differing import FigureDiffersError
from tests.dashboard.commands.calling import DAY, Shell, log
from tests.dashboard.documents.briefing.telling import COMPARED, Painter

ON = ("--as-of", DAY)


@pytest.fixture(autouse=True)
def painted(monkeypatch):
    monkeypatch.setattr(making, "Renderer", Painter)


def paragraphs(file) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(str(file)).paragraphs]


def test_the_document_is_written(filled: Shell) -> None:
    out = filled.folder / "out.docx"
    said = filled.done("briefing", out, *ON)
    assert said == f"{out} is written; every figure in it was compared with the database.\n"
    texts = paragraphs(out)
    assert "Briefing on the economic-security audit grid" in texts
    assert not list(filled.folder.glob("*.part"))


def test_it_is_dated_by_the_day_of_its_figures_as_on_the_page(filled: Shell) -> None:
    out = filled.folder / "out.docx"
    filled.done("briefing", out, *ON)
    texts = paragraphs(out)
    assert "Office of the audit committee\t30 June 2026" in texts
    assert "30 June 2026" in texts


def test_every_figure_in_it_is_that_of_the_command_figures(filled: Shell) -> None:
    out = filled.folder / "out.docx"
    filled.done("briefing", out, *ON, "--lang", "zh_CN")
    printed = filled.json("figures", *ON)["figures"]
    kept = checking.read_document(out.read_bytes())
    looked_at = 0
    for source, value in kept.sources.values():
        if source.figure in printed and not source.since and not source.part:
            looked_at += 1
            assert value == printed[source.figure]["text"], source
    assert looked_at > 15


def test_the_checked_version_has_annexes_and_the_one_to_circulate_none(filled: Shell) -> None:
    circulated, checked = filled.folder / "out.docx", filled.folder / "checked.docx"
    filled.done("briefing", circulated, *ON)
    filled.done("briefing", checked, *ON, "--checked")
    assert docx.Document(str(circulated)).tables == []
    assert "Where the numbers come from" in paragraphs(checked)
    assert not any("[1]" in text for text in paragraphs(circulated))
    assert any("[1]" in text for text in paragraphs(checked))


def test_the_number_of_the_issue_may_be_given(filled: Shell) -> None:
    out = filled.folder / "out.docx"
    filled.done("briefing", out, *ON, "--number", "2026年第6期")
    assert "2026年第6期" in paragraphs(out)
    said = filled.misused("briefing", out, *ON, "--number", "6" * 61)
    assert "is longer than 60 characters" in said


def test_the_workbook_is_written(filled: Shell) -> None:
    out = filled.folder / "out.xlsx"
    filled.done("briefing", out, *ON)
    book = CalamineWorkbook.from_filelike(BytesIO(out.read_bytes()))
    assert "Definitions" in book.sheet_names


def test_a_node_and_a_day_to_compare_with_may_be_named(filled: Shell) -> None:
    out = filled.folder / "out.docx"
    filled.done("briefing", out, *ON, "--node", "unit:U1", "--since", "2026-03-01")
    texts = paragraphs(out)
    assert "单位 · figures of 30 June 2026" in texts
    assert any("Compared with 1 March 2026." in text for text in texts)


def test_without_a_day_it_is_compared_with_the_last_meeting(shell: Shell) -> None:
    met = {"code": "M1", "kind": "COMMITTEE", "on_date": date(2026, 4, 17)}
    shell.take(sectors=[{}], units=[{}], findings=[{}], meetings=[met])
    out = shell.folder / "out.docx"
    shell.done("briefing", out, *ON)
    assert any("Compared with 17 April 2026." in text for text in paragraphs(out))


def test_the_last_meeting_is_the_one_that_was_frozen_whatever_was_entered_since(
    shell: Shell,
) -> None:
    met = {"code": "M1", "kind": "COMMITTEE", "on_date": date(2026, 6, 20)}
    overdue = {"issued_on": date(2026, 2, 1), "due_on": date(2026, 3, 10)}
    shell.take(sectors=[{}], units=[{}], findings=[overdue], meetings=[met])
    shell.done("freeze", "M1", "--as-of", "2026-06-20")
    shell.take(findings=[{"code": "F2", **overdue}])
    out = shell.folder / "out.docx"
    shell.done("briefing", out, *ON)
    # The page of the briefing says the same of the same rows.
    assert any(COMPARED in text for text in paragraphs(out))


def test_without_a_meeting_it_is_compared_with_30_days_before(shell: Shell) -> None:
    shell.take(sectors=[{}], units=[{}], findings=[{}])
    out = shell.folder / "out.docx"
    shell.done("briefing", out, *ON)
    assert any("Compared with 31 May 2026." in text for text in paragraphs(out))


def test_the_language_may_be_chosen(filled: Shell) -> None:
    out = filled.folder / "out.docx"
    assert filled.done("briefing", out, *ON, "--lang", "zh_CN").startswith(str(out))
    assert "经济安全审计监督网格化治理情况简报" in paragraphs(out)


def test_a_briefing_is_in_the_log(filled: Shell) -> None:
    filled.done("briefing", filled.folder / "out.docx", *ON, "--node", "unit:U1")
    assert log(filled)[0] == ("operator", "exported", f"briefing docx unit:U1 {DAY}")


def test_an_unknown_node_is_named(filled: Shell) -> None:
    out = filled.folder / "out.docx"
    said = filled.refused("briefing", out, "--node", "unit:NO")
    assert said == "There is no node “unit:NO”."
    assert not out.exists()


def test_a_day_to_compare_with_must_lie_before(filled: Shell) -> None:
    out = filled.folder / "out.docx"
    said = filled.misused("briefing", out, *ON, "--since", DAY)
    assert said == f"--since: {DAY} does not lie before {DAY}."


@pytest.mark.parametrize("day", ["1999-12-31", "2100-01-01"])
def test_a_day_beyond_the_years_kept_is_refused(filled: Shell, day: str) -> None:
    out = filled.folder / "out.docx"
    assert "is not between" in filled.refused("briefing", out, *ON, "--since", day)
    assert "is not between" in filled.refused("briefing", out, "--as-of", day)


def test_a_file_of_another_kind_is_wrong_usage(filled: Shell) -> None:
    assert filled.misused("briefing", "out.pdf") == "out.pdf must end in .docx, .xlsx or .pptx."


def test_an_unknown_language_is_wrong_usage(filled: Shell) -> None:
    said = filled.misused("briefing", "out.docx", "--lang", "fr")
    assert said == "--lang: “fr” is no language. Choose one of: zh_CN, en."


def test_a_place_that_cannot_be_written_is_one_sentence(filled: Shell) -> None:
    out = filled.folder / "nowhere" / "out.docx"
    assert str(out) in filled.refused("briefing", out, *ON)
    assert "exported" not in [what for _who, what, _subject in log(filled)]


def test_a_folder_in_the_place_of_the_file_is_one_sentence(filled: Shell) -> None:
    out = filled.folder / "out.docx"
    out.mkdir()
    assert str(out) in filled.refused("briefing", out, *ON)
    assert not list(filled.folder.glob("*.part"))


def test_what_differs_is_not_written(filled: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def differs(*_asked: object) -> None:
        raise FigureDiffersError(checking.NO_SOURCE, file="7")

    monkeypatch.setattr(checking, "check_document", differs)
    out = filled.folder / "out.docx"
    assert "The number “7” in the file has no source." in filled.refused("briefing", out, *ON)
    assert not out.exists()


def test_charts_that_cannot_be_drawn_are_said(
    filled: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dashboard.documents.briefing.pictures import PicturesFailedError

    class Broken(Painter):
        def draw(self, charts):
            raise PicturesFailedError

    monkeypatch.setattr(making, "Renderer", Broken)
    said = filled.refused("briefing", filled.folder / "out.docx", *ON)
    assert said == "The charts could not be drawn: the renderer ended before its time"


def test_a_missing_database_is_not_made(shell: Shell) -> None:
    assert "There is no database" in shell.refused("briefing", shell.folder / "out.docx")
    assert not shell.file.exists()


def test_an_empty_database_gives_a_document_that_says_so(shell: Shell) -> None:
    shell.done("rebuild")
    out = shell.folder / "out.docx"
    shell.done("briefing", out, *ON)
    assert "Nothing was known of the whole district on 30 June 2026" in paragraphs(out)[-3]
