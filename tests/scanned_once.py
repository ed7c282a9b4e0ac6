"""Look through the installed packages for components of Streamlit once.

Every app that is opened without a server looks through all of them, which takes longer than to draw
most pages.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import pytest
from streamlit.components.v2 import manifest_scanner


@contextmanager
def components_scanned_once() -> Iterator[None]:
    """Keep what the first app finds, within the block."""
    with pytest.MonkeyPatch.context() as patch:
        once = cache(manifest_scanner.scan_component_manifests)
        patch.setattr(manifest_scanner, "scan_component_manifests", once)
        yield
