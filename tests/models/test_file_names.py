"""Names of files: nothing in them leads elsewhere or is refused by a system."""

import pytest

from models.file_names import MOST_BYTES, fit, flat


@pytest.mark.parametrize(
    ("name", "fitted"),
    [
        ("整改台账.xlsx", "整改台账.xlsx"),
        ("../../etc/passwd", "passwd"),
        ("C:\\secret\\a.xlsx", "a.xlsx"),
        ("a\x00b\n.xlsx", "a-b-.xlsx"),
        ("\ud800.xlsx", "-.xlsx"),
        ("‮xslx.exe", "-xslx.exe"),
        ("..", "_"),
        ("", "_"),
    ],
)
def test_a_name_is_one_name_in_any_folder(name, fitted):
    assert fit(name) == fitted


@pytest.mark.parametrize("name", ["账" * 300 + ".xlsx", "a" * 5000, "a." + "b" * 400])
def test_a_long_name_is_cut_between_signs_and_keeps_its_suffix(name):
    fitted = fit(name)
    assert MOST_BYTES - 3 < len(fitted.encode()) <= MOST_BYTES
    assert fitted.endswith(".xlsx") is name.endswith(".xlsx")


def test_a_stroke_in_a_text_is_no_folder():
    assert flat("在建/已建 2026.xlsx") == "在建-已建 2026.xlsx"
