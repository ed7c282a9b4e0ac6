"""Handover lists as files to be handed out."""

from dashboard import reads
from dashboard.documents.handover.document import write
from dashboard.documents.handover.sections import title
from dashboard.reads import cache
from data.access.permission import Viewer
from data.documents import masthead
from data.handover import Leaving, handover
from data.scope import Scope
from data.store.database import reading
from models.file_names import flat

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def file(viewer: Viewer, scope: Scope, leaving_id: str) -> bytes:
    """The list of a leaving in the unit of `scope`, in the language in use.

    Raises `HandoverRefusedError` for who may not have it, and for what is not there.
    """
    with reading(reads.engine_of(scope)) as connection:
        listed = handover(connection, scope, viewer, leaving_id)
    with reading(cache.engine()) as connection:
        issuer = masthead.current(connection).issuer
    return write(listed, demonstration=cache.is_demonstration(), issuer=issuer)


def file_name(leaving: Leaving, unit_name: str) -> str:
    """The title, the unit and the day, without signs that a file system refuses; no person."""
    return flat(f"{title(leaving)} {unit_name} {leaving.day}.docx")
