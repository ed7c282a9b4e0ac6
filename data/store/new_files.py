"""Small files that are there whole or not at all, on a full disk too."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path


def make_once(file: Path, content: bytes) -> None:
    """Make `file` with `content`, for its owner only; one that is there already stays as it is.

    `OSError` when it cannot be written.
    """
    file.parent.mkdir(0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{file.name}-", dir=file.parent)
    try:
        with os.fdopen(handle, "wb") as opened:
            opened.write(content)
            opened.flush()
            os.fsync(handle)
        # Of several processes the first one makes it.
        with suppress(FileExistsError):
            os.link(name, file)
    finally:
        Path(name).unlink()
