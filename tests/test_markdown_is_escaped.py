"""What a ledger, a file or an address says reaches no text drawn as Markdown but through
`literal` or `told` of `dashboard.markdown`, as far as the sources tell."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from models.kinds import Name, Note, Text
from models.registry import BY_ID

ROOT = Path(__file__).parent.parent

OF_STREAMLIT = frozenset(
    [
        "badge",
        "button",
        "caption",
        "checkbox",
        "date_input",
        "error",
        "expander",
        "file_uploader",
        "form_submit_button",
        "header",
        "info",
        "link_button",
        "markdown",
        "metric",
        "multiselect",
        "number_input",
        "page_link",
        "pills",
        "popover",
        "radio",
        "segmented_control",
        "selectbox",
        "spinner",
        "status",
        "subheader",
        "success",
        "tabs",
        "text_area",
        "text_input",
        "title",
        "toast",
        "toggle",
        "warning",
        "write",
    ]
)
"""Functions of Streamlit whose first text is Markdown."""
OF_OURS = frozenset(["hand_out", "heading", "list_link", "page_link", "way", "trail"])
"""Ours that hand their texts on to those."""
BESIDE = frozenset({"help", "label", "says"})
"""Arguments by name that are Markdown as well."""
PLACEHOLDERS = frozenset(
    {
        "after",
        "all",
        "at",
        "closed",
        "closing",
        "count",
        "day",
        "days",
        "done",
        "due",
        "empty",
        "entries",
        "enough",
        "equal",
        "held",
        "hours",
        "issued",
        "least",
        "length",
        "limit",
        "minutes",
        "most",
        "n",
        "never",
        "new",
        "now",
        "now_known",
        "number",
        "opening",
        "partial",
        "percent",
        "recovered",
        "reopened",
        "row",
        "rows",
        "since",
        "size",
        "spent",
        "start",
        "times",
        "today",
        "undoes",
        "units",
        "unknown",
        "version",
        "voided",
        "waiting",
        "worst",
        "year",
        "years",
    }
)
"""Placeholders of messages that hold numbers, days and our own terms only."""
WRITTEN_BY_OTHERS = {
    "meeting_name",
    "unit_name",
    "file_name",
    "full_name",
    "sender",
    "sheet",
    *(
        column.id
        for ledger in BY_ID.values()
        for column in ledger.columns
        if isinstance(column.kind, Text | Name | Note)
    ),
}
"""Attributes that hold texts of ledgers and files."""
OUR_TERMS = frozenset({"label", "sign"})
"""Attributes that hold terms of ours."""
HARMLESS = frozenset({"int", "date", "Form"})
"""Types whose values are no text of anybody."""


@dataclass(frozen=True)
class Source:
    """A module whose functions are looked up by name."""

    path: Path

    @cached_property
    def functions(self) -> dict[str, ast.FunctionDef]:
        nodes = ast.walk(ast.parse(self.path.read_text(encoding="utf-8")))
        return {each.name: each for each in nodes if isinstance(each, ast.FunctionDef)}

    def faults(self) -> Iterator[str]:
        """Every text handed to Markdown in which a value is not escaped."""
        for function in self.functions.values():
            for node in ast.walk(function):
                if isinstance(node, ast.Call):
                    for text in _markdown_of(node):
                        for wrong in self._raw(text, function, ()):
                            where = f"{self.path.relative_to(ROOT)}:{text.lineno}"
                            yield f"{where}: {ast.unparse(wrong)}"

    def _raw(
        self, text: ast.AST, within: ast.FunctionDef, seen: tuple[str, ...]
    ) -> Iterator[ast.AST]:
        """The parts of an expression that are drawn unescaped and may be somebody's text."""
        match text:
            case ast.Call(func=ast.Name(id="literal" | "told")):
                return
            case ast.Call(func=ast.Name(id="say")):
                yield text
            case ast.Call(func=ast.Name(id="_"), keywords=values):
                for value in values:
                    if value.arg and value.arg not in PLACEHOLDERS:
                        yield from self._value(value.value, within, seen)
            case ast.Call(func=ast.Name(id=called)) if called in self.functions:
                if called not in seen:
                    function = self.functions[called]
                    for returned in ast.walk(function):
                        if isinstance(returned, ast.Return) and returned.value:
                            yield from self._raw(returned.value, function, (*seen, called))
            case ast.Call(
                func=ast.Attribute(attr="join"), args=[ast.List() | ast.Tuple() as listed]
            ):
                for part in listed.elts:
                    yield from self._raw(part, within, seen)
            case ast.Call(func=ast.Attribute(attr="join"), args=[ast.GeneratorExp() as made]):
                yield from self._raw(made.elt, within, seen)
            case ast.Attribute(value=ast.Name(id=name)) if name.isupper():
                return
            case ast.Attribute(attr="text", value=ast.Call()):  # The word of a status.
                return
            case ast.Attribute(attr=attribute) if attribute in WRITTEN_BY_OTHERS:
                yield text
            case ast.Name(id=name) if name not in seen:
                for given in _assigned(within, name):
                    yield from self._raw(given, within, (*seen, name))
            case ast.JoinedStr(values=parts):
                for each in parts:
                    if isinstance(each, ast.FormattedValue):
                        yield from self._raw(each.value, within, seen)
            case ast.IfExp(body=body, orelse=otherwise):
                yield from self._raw(body, within, seen)
                yield from self._raw(otherwise, within, seen)
            case ast.BoolOp(values=parts):
                for each in parts:
                    yield from self._raw(each, within, seen)
            case ast.BinOp(left=left, right=right):
                yield from self._raw(left, within, seen)
                yield from self._raw(right, within, seen)

    def _value(
        self, value: ast.AST, within: ast.FunctionDef, seen: tuple[str, ...]
    ) -> Iterator[ast.AST]:
        """The same of a value put into a message: what is not known to be harmless is not."""
        match value:
            case ast.Name(id=name) | ast.Attribute(attr=name) if name.isupper():
                return
            case ast.Attribute(attr=attribute) if attribute in OUR_TERMS:
                return
            case ast.Name(id=name) if name in seen or _type_of(within, name) in HARMLESS:
                return
            case ast.Name(id=name) if found := _assigned(within, name):
                for each in found:
                    yield from self._value(each, within, (*seen, name))
            case ast.Attribute() | ast.Subscript() | ast.Name():
                yield value
            case ast.Call(func=ast.Attribute(attr="get")):
                yield value
            case ast.IfExp(body=body, orelse=otherwise):
                yield from self._value(body, within, seen)
                yield from self._value(otherwise, within, seen)
            case ast.BoolOp(values=parts):
                for each in parts:
                    yield from self._value(each, within, seen)
            case _:
                yield from self._raw(value, within, seen)


def _markdown_of(call: ast.Call) -> list[ast.expr]:
    """The arguments of a call that are drawn as Markdown."""
    match call.func:
        case ast.Attribute(value=ast.Name(id="st"), attr=called) if called in OF_STREAMLIT:
            texts = call.args[:1]
        case ast.Name(id=called) | ast.Attribute(attr=called) if called in OF_OURS:
            texts = call.args[:2]
        case _:
            return []
    return texts + [each.value for each in call.keywords if each.arg in BESIDE]


def _type_of(function: ast.FunctionDef, name: str) -> str:
    """The type of an argument, as written; "" for any other name."""
    arguments = (*function.args.args, *function.args.kwonlyargs)
    written = (each.annotation for each in arguments if each.arg == name and each.annotation)
    return next(map(ast.unparse, written), "")


def _assigned(function: ast.FunctionDef, name: str) -> list[ast.expr]:
    """Every value that a function gives a name."""
    return [
        node.value
        for node in ast.walk(function)
        if isinstance(node, ast.Assign | ast.AugAssign)
        and any(
            isinstance(target, ast.Name) and target.id == name
            for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        )
    ]


def test_no_text_of_others_is_drawn_as_markdown() -> None:
    paths = [path for top in ("dashboard", "pages") for path in sorted((ROOT / top).rglob("*.py"))]
    assert len(paths) > 200
    assert [fault for path in paths for fault in Source(path).faults()] == []
