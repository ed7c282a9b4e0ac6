"""Read a workbook in a separate process with limits of memory and time.

The size of the unpacked content is known only by reading it. If it is too large, that process ends
and this one goes on with a single fault instead of the rows.
"""

import os
import pickle
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any, cast

from data.reference.lists import References
from data.workbook.archive.limits import Limits
from data.workbook.packing import NotPackedError, Packing, weight
from data.workbook.reading import DEFAULT_LIMITS, read
from data.workbook.reading_turns import (
    Bounds,
    NoTurnError,
    bounds_in_force,
    taken_into_memory,
    turn,
)
from data.workbook.rows import Content, Fault, Faulty, SheetRows
from models.text import N_, Label, Sentence, TellingError

ROOT = Path(__file__).parents[2]
KEPT = ("PATH", "LANG", "LC_ALL", "TZ", "TMPDIR", "SYSTEMROOT", "LD_LIBRARY_PATH")
"""Of the environment: the reader needs no address of a database, and no secret."""
MIB = 1024 * 1024
OF_BEING_ENDED, FIRST_OF_ALL = Path("/proc/self/oom_score_adj"), 1000
"""Where Linux keeps how readily it ends a process when memory runs out; the highest is 1000."""
TOO_MUCH = N_(
    "This workbook takes more memory or time to read than is allowed ({memory} MiB, {seconds} s)."
    " Delete what is not needed, or take it in by several workbooks."
)
BUSY = N_(
    "Other files have been read for {seconds} s, so this one has not been. Nothing was changed. Try"
    " again in a few minutes."
)


PACKING = Packing(Content, SheetRows, Fault, Faulty, Sentence, Label)


class TooMuchError(TellingError):
    """A file was not read: a limit was exceeded, or others were read; `sentence` says which."""


def read_apart(
    path: Path,
    *,
    day: date,
    references: References,
    limits: Limits = DEFAULT_LIMITS,
    bounds: Bounds | None = None,
) -> Content:
    """Like `data.workbook.reading.read`, but returns one fault if reading exceeds `bounds`, by
    default those in force."""
    bounds = bounds or bounds_in_force()
    asked = (path, day, references, limits, bounds)
    try:
        return cast("Content", answer_apart("data.workbook.apart", asked, bounds, PACKING))
    except TooMuchError as error:
        return Content(faults=[Fault(None, None, None, None, error.sentence)])


def answer_apart(module: str, asked: object, bounds: Bounds, packing: Packing) -> Any:
    """The answer to `asked` of our `module`, run as a separate process.

    `asked` is pickled. The answer is only unpacked, since what that process read may have taken it
    over. Waits for its turn. Raises `TooMuchError` if that does not come, or the process exceeds
    `bounds` or ends in another way.
    """
    try:
        with turn(bounds.seconds), tempfile.TemporaryFile() as answered:
            subprocess.run(
                [sys.executable, "-m", module],
                input=pickle.dumps(asked),
                stdout=answered,
                stderr=subprocess.DEVNULL,
                timeout=bounds.seconds,
                cwd=ROOT,
                env=environment(),
                check=True,
            )
            answered.seek(0)
            packed = answered.read()
            if weight(packed) > bounds.answer * MIB:
                raise NotPackedError
            taken_into_memory(weight(packed))
            return packing.unpack(packed)
    except NoTurnError as error:
        raise TooMuchError(BUSY, seconds=bounds.seconds) from error
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError, NotPackedError) as error:
        raise TooMuchError(TOO_MUCH, memory=bounds.memory, seconds=bounds.seconds) from error


def give_answer(answer: Callable[[Any], object], packing: Packing) -> None:
    """Be the separate process: give the `answer` to what `answer_apart` asks on standard input.

    What is asked ends with its `Bounds`, to which this process is held before it begins.
    """
    asked = pickle.loads(sys.stdin.buffer.read())
    bounds: Bounds = asked[-1]
    hold(bounds)
    sys.stdout.buffer.write(packing.pack(answer(asked), bounds.answer * MIB))


def environment() -> dict[str, str]:
    """The environment of a process that runs one of our modules, in the folder `ROOT`."""
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    return {**kept, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}


def hold(bounds: Bounds) -> None:
    """Make the operating system end this process if it exceeds `bounds`."""
    bytes_of_memory = bounds.memory * MIB
    resource.setrlimit(resource.RLIMIT_AS, (bytes_of_memory, bytes_of_memory))
    resource.setrlimit(resource.RLIMIT_CPU, (bounds.seconds, bounds.seconds))
    bytes_of_answer = bounds.answer * MIB
    resource.setrlimit(resource.RLIMIT_FSIZE, (bytes_of_answer, bytes_of_answer))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Where memory runs short all the same, this process goes before the server that waits for it.
    with suppress(OSError):
        OF_BEING_ENDED.write_text(str(FIRST_OF_ALL))


def answer(asked: tuple[Path, date, References, Limits, Bounds]) -> Content:
    """The result that the separate process writes; from here on it is held to its bounds."""
    path, day, references, limits, _bounds = asked
    return read(path, day=day, references=references, limits=limits)


if __name__ == "__main__":
    give_answer(answer, PACKING)
