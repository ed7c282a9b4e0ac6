"""What the gate reads of the messages between a browser and Streamlit."""

from google.protobuf.message import DecodeError
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

OF_WIDGETS = ("$$ID", "$$STREAMLIT_INTERNAL_KEY")
"""How the ids of Streamlit's widgets begin; the second are those of the events of a component."""


def session_of(content: bytes) -> str | None:
    """The session id in the first message of a run from Streamlit; None if there is none."""
    try:
        message = ForwardMsg.FromString(content)
    except DecodeError:
        return None
    if message.WhichOneof("type") != "new_session":
        return None
    return message.new_session.initialize.session_id or None


def without_made_up_widgets(content: bytes) -> bytes:
    """A message from the browser without the states of widgets that Streamlit cannot have drawn.

    Streamlit would take their ids for keys of the session state and fail to find their values. A
    message that is malformed, which Streamlit refuses, or that holds none of them is unchanged.
    """
    try:
        message = BackMsg.FromString(content)
    except DecodeError:
        return content
    if message.WhichOneof("type") != "rerun_script":
        return content
    sent = message.rerun_script.widget_states.widgets
    kept = [state for state in sent if state.id.startswith(OF_WIDGETS)]
    if len(kept) == len(sent):
        return content
    del sent[:]
    sent.extend(kept)
    return bytes(message.SerializeToString())
