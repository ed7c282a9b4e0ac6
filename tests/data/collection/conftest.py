"""The fixtures of tests of sent files."""

from collections.abc import Iterator

import pytest

from tests.reading_here import reading_here


@pytest.fixture(scope="package", autouse=True)
def workbooks_read_here() -> Iterator[None]:
    """Read workbooks in this process, instead of starting one for each."""
    with reading_here():
        yield
