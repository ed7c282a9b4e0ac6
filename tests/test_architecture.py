"""The contracts of the tree: imports point one way, and what must not be is nowhere."""

import ast
import logging
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).parent.parent
LAYERS = ("models", "data", "dashboard", "pages")


@dataclass(frozen=True)
class Module:
    """A file of Python: where it stands below the root, and what it says."""

    name: str
    text: str

    @cached_property
    def nodes(self) -> list[ast.AST]:
        """Every node of its syntax tree."""
        return list(ast.walk(ast.parse(self.text)))

    @property
    def layer(self) -> str:
        return self.name.partition("/")[0]

    @property
    def imports(self) -> Iterator[str]:
        for node in self.nodes:
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield str(node.module)


def modules(*folders: str) -> list[Module]:
    return [
        Module(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8"))
        for folder in folders
        for path in sorted((ROOT / folder).rglob("*.py"))
    ]


SOURCES = modules(*LAYERS)


def offenders(wrong: Callable[[Module], bool], among: Sequence[Module] = SOURCES) -> list[str]:
    """The names of the modules that break a rule."""
    return [module.name for module in among if wrong(module)]


@pytest.fixture
def loggers_kept() -> Iterator[None]:
    """Switches loggers on again that were on before: `lint-imports` sets up logging anew, which
    switches off all that are there, for every later test of this process."""
    known = logging.root.manager.loggerDict.values()
    on = [each for each in known if isinstance(each, logging.Logger) and not each.disabled]
    yield
    for each in on:
        each.disabled = False


def test_imports_point_one_way(loggers_kept: None) -> None:
    """The contracts of pyproject.toml, which `lint-imports` tells of one by one."""
    log = logging.getLogger(__name__)
    assert lint_imports() == 0
    assert log.disabled, "then the fixture is needed no more"


def test_pages_keep_no_state() -> None:
    assert (
        offenders(lambda module: module.layer == "pages" and "session_state" in module.text) == []
    )


def test_pages_are_short() -> None:
    def is_long(module: Module) -> bool:
        return module.layer == "pages" and len(module.text.splitlines()) > 60

    assert offenders(is_long) == []


def test_nothing_is_kept_by_the_caches_of_streamlit() -> None:
    assert offenders(lambda module: "st.cache_" in module.text) == []


def test_errors_are_caught_by_their_names() -> None:
    def catches_all(node: ast.AST) -> bool:
        if not isinstance(node, ast.ExceptHandler):
            return False
        caught = ast.unparse(node.type) if node.type else ""
        passed_on = any(isinstance(p, ast.Raise) and not p.exc for p in ast.walk(node))
        return not passed_on and caught in ("", "Exception", "BaseException")

    assert offenders(lambda module: any(map(catches_all, module.nodes))) == []


def test_texts_are_whole_sentences() -> None:
    def is_message(node: ast.AST) -> bool:
        return (
            isinstance(node, ast.Call)
            and ast.unparse(node.func) == "_"
            and any(isinstance(arg, ast.Constant) for arg in node.args)
        )

    def holds_message(node: ast.AST) -> bool:
        # What stands inside an f-string is not found when messages are extracted.
        return isinstance(node, ast.JoinedStr) and any(map(is_message, ast.walk(node)))

    assert offenders(lambda module: any(map(holds_message, module.nodes))) == []


def test_lists_are_separated_in_the_language_of_the_reader() -> None:
    def joins_in_chinese(module: Module) -> bool:
        return module.layer in ("dashboard", "pages") and '"、".join' in module.text

    assert offenders(joins_in_chinese) == []


def test_no_raw_html() -> None:
    raw = re.compile(r"unsafe_allow_html|st\.html\(|components\.v1")
    assert offenders(lambda module: bool(raw.search(module.text))) == []


def test_the_day_is_asked_in_the_frame_only() -> None:
    today = re.compile(r"date\.today\(|datetime\.now\(|utcnow\(")

    def asks(module: Module) -> bool:
        return module.layer in ("models", "data") and bool(today.search(module.text))

    assert offenders(asks) == []


def test_modules_are_named_for_their_subject() -> None:
    heaps = ("utils", "util", "helpers", "helper", "common", "misc")
    assert offenders(lambda module: Path(module.name).stem in heaps) == []


def test_every_module_says_what_it_is() -> None:
    def is_mute(module: Module) -> bool:
        return bool(module.text.strip()) and not ast.get_docstring(ast.parse(module.text))

    assert offenders(is_mute) == []


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


def test_tests_share_by_helpers_and_conftest_not_by_other_tests() -> None:
    def is_test(imported: str) -> bool:
        last = imported.rpartition(".")[2]
        return imported.startswith("tests.") and (last.startswith("test_") or last == "conftest")

    assert offenders(lambda module: any(map(is_test, module.imports)), modules("tests")) == []


def test_files_are_taken_through_our_gate() -> None:
    assert offenders(lambda module: "st.file_uploader" in module.text) == [
        "dashboard/serving/uploads.py"
    ]


def test_files_leave_by_our_route() -> None:
    assert offenders(lambda module: "st.download_button" in module.text) == []
