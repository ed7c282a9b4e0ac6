"""Create small files as a whole or not at all, even on a full disk."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path


def make_once(file: Path, content: bytes) -> None:
    """Create `file` with `content`, readable by its owner only; an existing file is left unchanged.

    Raises `OSError` if it cannot be written.
    """
    file.parent.mkdir(0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{file.name}-", dir=file.parent)
    try:
        with os.fdopen(handle, "wb") as opened:
            opened.write(content)
            opened.flush()
            os.fsync(handle)
        # If several processes try at once, the first one creates the file.
        with suppress(FileExistsError):
            os.link(name, file)
    finally:
        Path(name).unlink()
