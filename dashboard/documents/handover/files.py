"""Handover lists as files to download."""

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


def file(viewer: Viewer, scope: Scope, leaving_id: str) -> bytes:
    """The list of the leaving `leaving_id` in the unit of `scope`, in the language in use.

    Raises `HandoverRefusedError` if the viewer may not have it or the leaving does not exist.
    """
    with reading(reads.engine_of(scope)) as connection:
        listed = handover(connection, scope, viewer, leaving_id)
    with reading(cache.engine()) as connection:
        issuer = masthead.current(connection).issuer
    return write(listed, demonstration=cache.is_demonstration(), issuer=issuer)


def file_name(leaving: Leaving, unit_name: str) -> str:
    """The file name: title, unit and day; no person's name, no forbidden characters."""
    return flat(f"{title(leaving)} {unit_name} {leaving.day}.docx")
