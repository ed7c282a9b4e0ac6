"""The contracts of the tree: imports point one way, and what must not be is nowhere."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).parent.parent
LAYERS = ("models", "data", "dashboard", "pages")
SOURCES = sorted(path for layer in LAYERS for path in (ROOT / layer).rglob("*.py"))


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


every_module = pytest.mark.parametrize("path", SOURCES, ids=name)


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield str(node.module)


def test_imports_point_one_way():
    """The contracts of pyproject.toml, which `lint-imports` tells of one by one."""
    assert lint_imports() == 0


@every_module
def test_pages_keep_no_state_and_are_short(path):
    if path.is_relative_to(ROOT / "pages"):
        assert "session_state" not in path.read_text(encoding="utf-8")
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 60


@every_module
def test_only_reads_caches(path):
    if name(path) != "dashboard/reads/cache.py":
        assert "st.cache_" not in path.read_text(encoding="utf-8")


@every_module
def test_errors_are_caught_by_their_names(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ExceptHandler):
            caught = ast.unparse(node.type) if node.type else ""
            passed_on = any(isinstance(p, ast.Raise) and not p.exc for p in ast.walk(node))
            assert passed_on or caught not in ("", "Exception", "BaseException")


@every_module
def test_texts_are_whole_sentences(path):
    # What stands inside an f-string is not found when messages are extracted.
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.JoinedStr):
            marked = {
                ast.unparse(p)
                for p in ast.walk(node)
                if isinstance(p, ast.Call)
                and ast.unparse(p.func) == "_"
                and any(isinstance(arg, ast.Constant) for arg in p.args)
            }
            assert not marked


@every_module
def test_lists_are_separated_in_the_language_of_the_reader(path):
    if path.is_relative_to(ROOT / "dashboard") or path.is_relative_to(ROOT / "pages"):
        assert '"、".join' not in path.read_text(encoding="utf-8")


@every_module
def test_no_raw_html(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"unsafe_allow_html|st\.html\(|components\.v1", text)


@every_module
def test_the_day_is_asked_in_the_frame_only(path):
    if path.relative_to(ROOT).parts[0] in ("models", "data"):
        asked = re.search(r"date\.today\(|datetime\.now\(|utcnow\(", path.read_text("utf-8"))
        assert not asked


@every_module
def test_modules_are_named_for_their_subject(path):
    assert path.stem not in ("utils", "util", "helpers", "helper", "common", "misc")


@every_module
def test_every_module_says_what_it_is(path):
    text = path.read_text(encoding="utf-8")
    assert not text.strip() or ast.get_docstring(ast.parse(text))


def test_lock_files_are_hashed_and_name_no_index():
    for lock in ROOT.glob("requirements*.lock"):
        text = lock.read_text(encoding="utf-8")
        assert "--hash=sha256:" in text
        assert not re.search(r"index-url|https?://", text)


def test_what_is_done_is_logged_where_it_is_done() -> None:
    """Only downloads are logged outside `data`: the browser, not `data`, hands them out."""
    logging = {
        str(path.relative_to(ROOT))
        for top in ("dashboard", "pages")
        for path in (ROOT / top).rglob("*.py")
        if "access_log.append" in path.read_text(encoding="utf-8")
    }
    assert logging == {"dashboard/identity.py"}


TEST_MODULES = sorted((ROOT / "tests").rglob("*.py"))


@pytest.mark.parametrize("path", TEST_MODULES, ids=name)
def test_tests_share_by_helpers_and_conftest_not_by_other_tests(path):
    for module in imported(path):
        last = module.rpartition(".")[2]
        assert not (
            module.startswith("tests.") and (last.startswith("test_") or last == "conftest")
        )


@every_module
def test_files_are_taken_through_our_gate(path):
    if name(path) != "dashboard/serving/uploads.py":
        assert "st.file_uploader" not in path.read_text(encoding="utf-8")


@every_module
def test_files_leave_by_our_route(path):
    assert "st.download_button" not in path.read_text(encoding="utf-8")
