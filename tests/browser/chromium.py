"""Where the browser lies that draws the dashboard for tests, pictures and measurements."""

from pathlib import Path

HEADLESS_SHELL = Path("/usr/bin/chromium-headless-shell")
"""Without a window it takes half the processor: Debian's other one draws through an emulated
graphics card."""
WITH_WINDOWS = Path("/usr/bin/chromium")
# Turn off the browser's own network traffic, so that any traffic seen is ours.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-quic",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
)


def chromium() -> Path:
    """The lighter of the browsers that are installed; the file may be missing."""
    return HEADLESS_SHELL if HEADLESS_SHELL.exists() else WITH_WINDOWS
