"""A workbook read in a process of its own, with limits of memory and time.

What a file unpacks to is known only once it is read. Where it is too much, that process ends and
this one goes on; it gets the rows, or one fault.
"""

import os
import pickle
import resource
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, cast

from data.reference.lists import References
from data.workbook.limits import Limits
from data.workbook.reading import DEFAULT_LIMITS, read
from data.workbook.rows import Content, Fault
from models.text import N_, TellingError

ROOT = Path(__file__).parents[2]
KEPT = ("PATH", "LANG", "LC_ALL", "TZ", "TMPDIR", "SYSTEMROOT", "LD_LIBRARY_PATH")
"""Of the environment: the reader needs no address of a database, and no secret."""
MIB = 1024 * 1024
TOO_MUCH = N_(
    "This workbook takes more memory or time to read than is allowed ({memory} MiB, {seconds} s)."
    " Delete what is not needed, or take it in by several workbooks."
)


@dataclass(frozen=True, slots=True)
class Bounds:
    """What reading one workbook may take, before it is given up."""

    memory: int = 2048
    """MiB of addresses, of which the program itself takes about 500."""
    seconds: int = 600


DEFAULT_BOUNDS = Bounds()


class TooMuchError(TellingError):
    """Reading a file takes more than is allowed; `sentence` says how much that is."""


def read_apart(
    path: Path,
    *,
    day: date,
    references: References,
    limits: Limits = DEFAULT_LIMITS,
    bounds: Bounds = DEFAULT_BOUNDS,
) -> Content:
    """The same as `data.workbook.reading.read`; one fault where it takes more than `bounds`."""
    asked = (path, day, references, limits, bounds)
    try:
        return cast("Content", answer_apart("data.workbook.apart", asked, bounds))
    except TooMuchError as error:
        return Content(faults=[Fault(None, None, None, None, error.sentence)])


def answer_apart(module: str, asked: object, bounds: Bounds) -> Any:
    """What our `module`, run as a process of its own, writes as the answer to `asked`.

    Both are pickled. Raises `TooMuchError` where it takes more than `bounds`, or ends otherwise.
    """
    environment = {name: os.environ[name] for name in KEPT if name in os.environ}
    try:
        done = subprocess.run(
            [sys.executable, "-m", module],
            input=pickle.dumps(asked),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=bounds.seconds,
            cwd=ROOT,
            env={**environment, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
            check=True,
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as error:
        raise TooMuchError(TOO_MUCH, memory=bounds.memory, seconds=bounds.seconds) from error
    # Written by our own code in our own process.
    return pickle.loads(done.stdout)


def hold(bounds: Bounds) -> None:
    """Let this process end where it takes more than `bounds`."""
    bytes_of_memory = bounds.memory * MIB
    resource.setrlimit(resource.RLIMIT_AS, (bytes_of_memory, bytes_of_memory))
    resource.setrlimit(resource.RLIMIT_CPU, (bounds.seconds, bounds.seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def answer(asked: tuple[Path, date, References, Limits, Bounds]) -> Content:
    """What the process writes; it is held to its bounds by then."""
    path, day, references, limits, _bounds = asked
    return read(path, day=day, references=references, limits=limits)


def _main() -> None:
    asked = pickle.loads(sys.stdin.buffer.read())
    hold(asked[-1])
    pickle.dump(answer(asked), sys.stdout.buffer, protocol=pickle.HIGHEST_PROTOCOL)


if __name__ == "__main__":
    _main()
