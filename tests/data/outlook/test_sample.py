"""Of more findings than are read, those with the smallest checksums are the sample."""

from zlib import crc32

import pytest
from sqlalchemy import Engine

from data.outlook import histories
from data.store.database import reading
from tests.data.contents import kept, net, workbook

CODES = [f"F{at:02}" for at in range(40)]


@pytest.mark.parametrize("checksum", [crc32, len, lambda code: code[-1] % 3])
def test_the_sample_has_the_smallest_checksums_and_of_equal_ones_the_first_codes(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, checksum
) -> None:
    kept(engine, workbook(**net(), findings=[{"code": code} for code in CODES]))
    monkeypatch.setattr(histories, "crc32", checksum)
    monkeypatch.setattr(histories, "MOST", 7)
    first = sorted(CODES, key=lambda code: (checksum(code.encode()), code))[:7]
    with reading(engine) as connection:
        assert histories._sample(connection) == set(first)
        monkeypatch.setattr(histories, "MOST", 40)
        assert histories._sample(connection) is None
