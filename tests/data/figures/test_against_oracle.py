"""Rankings, what is ahead and what is learnt from it equal their independent calculation.

`python -m tests.oracle.against` does the same for as many workbooks as wanted.
"""

import pytest

from tests.oracle.against import compare


@pytest.mark.parametrize("seed", [1, 4])
def test_a_workbook_drawn_from_a_seed_gives_what_the_oracle_gives(seed: int) -> None:
    counted, differences = compare(seed, days=1)
    assert differences == []
    assert {"figures", "lights", "rankings", "outlook", "records", "targets"} <= counted.keys()
