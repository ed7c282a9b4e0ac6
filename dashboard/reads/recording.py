"""Record what a part of a page sends to the browser, to send it again without running the part.

This relies on how Streamlit works inside: a run sends messages, each for a place in the page, and
registers widgets so that their callbacks are found. `tests/dashboard` checks the installed version.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import streamlit as st
from streamlit.cursor import Cursor
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.scriptrunner_utils.script_run_context import (
    ScriptRunContext,
    ThreadState,
)
from streamlit.runtime.state.common import WidgetMetadata, user_key_from_element_id

ELEMENTS = frozenset(
    ("markdown", "heading", "alert", "metric", "page_link", "bidi_component", "vega_lite_chart")
)
"""Elements that may be sent again: they are the same for all viewers and hold no input."""
BLOCKS = frozenset(("flex_container", "column", "vertical"))
LARGEST = 300_000
"""The most bytes of a recording; larger parts are always drawn anew, to save memory."""


@dataclass(frozen=True, slots=True)
class Recording:
    """The messages of a part, with paths relative to its start, and the widgets it registers.

    `length` is the number of elements it adds to its container, `size` is in bytes. It holds
    nothing that belongs to a session.
    """

    messages: tuple[ForwardMsg, ...]
    widgets: tuple[WidgetMetadata[Any], ...]
    length: int
    size: int

    def send(self) -> None:
        """Send the messages again, at the present place in the page."""
        run, cursor = _run(), _cursor()
        before, begins = [cursor.root_container, *cursor.parent_path], cursor.index
        for widget in self.widgets:
            key = user_key_from_element_id(widget.id)
            run.shared.widget_ids_this_run.check_and_add(widget.id)
            if key is not None:
                run.shared.widget_user_keys_this_run.check_and_add(key)
            run.session_state.register_widget(widget, key)
        for recorded in self.messages:
            message = ForwardMsg()
            message.CopyFrom(recorded)
            first, *rest = recorded.metadata.delta_path
            message.metadata.delta_path[:] = [*before, begins + first, *rest]
            run.enqueue(message)
        for _element in range(self.length):
            cursor.lock_element()


def page() -> str | None:
    """The id of the page being drawn, as widgets use it; None if nothing can be recorded now."""
    run = get_script_run_ctx(suppress_warning=True)
    state = ThreadState.get() if run else None
    # Elements in a fragment carry the fragment's id, so they cannot be sent elsewhere.
    return None if state is None or state.fragment_id else state.active_script_hash


def record(part: Callable[[], None]) -> Recording | None:
    """Draw `part` and record it; None if it sent something that cannot be sent again."""
    run, cursor = _run(), _cursor()
    before, begins = [cursor.root_container, *cursor.parent_path], cursor.index
    known = run.shared.widget_ids_this_run.snapshot()
    with _captured_messages(run) as messages:
        part()
    registered = run.shared.widget_ids_this_run.snapshot() - known
    metadata = run.session_state._state._new_widget_state.widget_metadata
    recorded = [_relative(message, before, begins) for message in messages]
    kept = [each for each in recorded if each is not None]
    size = sum(each.ByteSize() for each in kept)
    if len(kept) < len(recorded) or size > LARGEST:
        return None
    widgets = tuple(metadata[name] for name in sorted(registered) if name in metadata)
    return Recording(tuple(kept), widgets, cursor.index - begins, size)


def _run() -> ScriptRunContext:
    run = get_script_run_ctx()
    assert run is not None
    return run


def _cursor() -> Cursor:
    """The place of the next element."""
    cursor = st._main._active_dg._cursor
    assert cursor is not None
    return cursor


@contextmanager
def _captured_messages(run: ScriptRunContext) -> Iterator[list[ForwardMsg]]:
    """Collect the messages sent within the block."""
    messages: list[ForwardMsg] = []
    send = run.enqueue

    def overheard(message: ForwardMsg) -> None:
        send(message)
        copy = ForwardMsg()
        copy.CopyFrom(message)
        messages.append(copy)

    hooks = vars(run)
    before = hooks.get("enqueue")
    hooks["enqueue"] = overheard
    try:
        yield messages
    finally:
        del hooks["enqueue"]
        # Recordings can be nested: restore the hook of the outer one.
        if before is not None:
            hooks["enqueue"] = before


def _relative(message: ForwardMsg, before: list[int], begins: int) -> ForwardMsg | None:
    """`message` with its path relative to the start of a part; None if it cannot be sent again."""
    if message.WhichOneof("type") != "delta":
        return None
    path, at = list(message.metadata.delta_path), len(before)
    if path[:at] != before or path[at] < begins:
        return None
    delta = message.delta
    if delta.WhichOneof("type") == "new_element":
        if delta.new_element.WhichOneof("type") not in ELEMENTS:
            return None
    elif delta.WhichOneof("type") != "add_block" or _kind(delta.add_block) not in BLOCKS:
        return None
    message.metadata.delta_path[:] = [path[at] - begins, *path[at + 1 :]]
    return message


def _kind(block: Any) -> str:
    return block.WhichOneof("type") or "vertical"
