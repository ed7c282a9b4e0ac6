"""What every test of files that were sent in shares."""

from collections.abc import Iterator

import pytest

from tests.reading_here import reading_here


@pytest.fixture(scope="package", autouse=True)
def workbooks_read_here() -> Iterator[None]:
    """No process is started for each workbook."""
    with reading_here():
        yield
