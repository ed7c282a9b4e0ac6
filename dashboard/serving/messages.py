"""What the gate reads of the messages between a browser and Streamlit."""

from google.protobuf.message import DecodeError
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

OF_WIDGETS = ("$$ID", "$$STREAMLIT_INTERNAL_KEY")
"""How the ids of Streamlit's widgets begin; the second are those of the events of a component."""
OF_ANYBODY = ("stop_script", "app_heartbeat")
"""Kinds of message that cost little and are passed on whoever sends them, besides runs."""
OPERATIONS = ("dataframe_chunk",)
"""Of Streamlit's operations those that our pages cause: further rows of a long table."""
MOST_FILES = 500
"""The most files that may be chosen at once: an address for each is made on the thread that serves
everybody, 100 of them within a millisecond."""
MOST_WIDGETS = 2_000
"""The most widgets whose state a message may hold; our pages have at most a few hundred."""


def session_of(content: bytes) -> str | None:
    """The session id in the first message of a run from Streamlit; None if there is none."""
    try:
        message = ForwardMsg.FromString(content)
    except DecodeError:
        return None
    if message.WhichOneof("type") != "new_session":
        return None
    return message.new_session.initialize.session_id or None


def to_pass_on(content: bytes, *, signed_in: bool, takes_files: bool) -> bytes | None:
    """A message from the browser as Streamlit is to get it; None if it is not passed on.

    Only the kinds of message that our pages cause are passed on, because Streamlit answers all of
    them, to anybody, on the thread that serves everybody. Addresses for files are asked for only
    where `takes_files`: while the page of somebody who is signed in shows an upload field.
    Malformed messages are unchanged: Streamlit refuses them.
    """
    try:
        message = BackMsg.FromString(content)
    except DecodeError:
        return content
    kind = message.WhichOneof("type")
    if kind == "rerun_script":
        return _without_made_up_widgets(message, content)
    if kind in OF_ANYBODY:
        return content
    if kind == "file_urls_request" and signed_in and takes_files:
        return content if len(message.file_urls_request.file_names) <= MOST_FILES else None
    if kind == "backend_operation_request" and signed_in:
        part = message.backend_operation_request.WhichOneof("payload")
        return content if part in OPERATIONS else None
    return None


def _without_made_up_widgets(message: BackMsg, content: bytes) -> bytes | None:
    """The request for a run without the states of widgets that Streamlit cannot have drawn, whose
    ids it would take for keys of the session state; None if they are more than a page has."""
    sent = message.rerun_script.widget_states.widgets
    if len(sent) > MOST_WIDGETS:
        return None
    kept = [state for state in sent if state.id.startswith(OF_WIDGETS)]
    if len(kept) == len(sent):
        return content
    del sent[:]
    sent.extend(kept)
    return bytes(message.SerializeToString())
