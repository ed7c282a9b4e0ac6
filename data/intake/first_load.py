"""Load a whole district into an empty database; all that is written is prepared beside it."""

from contextlib import suppress

from sqlalchemy import Connection, Engine

from data.facts.first_facts import can_be_first, filling
from data.facts.processes import ProcessLostError
from data.intake.checked import Request, check, refused
from data.intake.deriving_ahead import write_rows
from data.intake.keeping import conclude, in_order_of_reference, next_number, record
from data.intake.stages import WRITING, deriving
from data.intake.taken import Taken, counted
from data.reference.lists import require_current
from data.store import beside
from data.store.database import reading, writing
from data.workbook.rows import Content


def load_first(engine: Engine, content: Content, request: Request) -> Taken | None:
    """Import a whole district into an empty database; all that is written is prepared beside it.

    The lock is held only to copy that. None if the usual way has to be gone: there is no place for
    files, the database is not empty, or somebody has changed it meanwhile. In the latter case the
    rows of `content` were released.
    """
    database = beside.place_of(engine)
    if database is None:
        return None
    with reading(engine) as connection:
        if not can_be_first(connection):
            return None
    account, references = request.origin.act.account, request.references
    with (
        beside.folder_beside(database) as folder,
        filling(folder, references) as district,
        suppress(ProcessLostError),
    ):
        with reading(engine) as connection:
            checked = check(connection, content, request)
            if checked.faults:
                return refused(checked, request)
            counts, arrivals = counted(checked.prospect), checked.prospect.arriving
            number = next_number(connection)
            ordered = list(in_order_of_reference(checked.prospect))

            def write(rows: Connection) -> None:
                for done, arriving in enumerate(ordered):
                    request.say(WRITING, done, len(ordered))
                    write_rows(rows, arriving, number)

            district.write_rows(connection, write)
            # Deriving needs their memory.
            for released in (ordered, arrivals, content.sheets):
                released.clear()
            ready = district.derive(connection, deriving(request.say))
        with writing(engine, account) as connection:
            if ready.fits(connection):
                require_current(connection, references)
                record(connection, request.origin, counts)
                ready.write_to(connection)
                taken = Taken(number, request.origin.day, counts)
                conclude(connection, checked, request, taken)
                return taken
    return None
