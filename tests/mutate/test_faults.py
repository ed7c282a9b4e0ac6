"""The list of planted faults keeps step with the sources."""

from pathlib import Path

import pytest

from tests.mutate.faults import FAULTS, Fault

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault.path}: {fault.kind}")
def test_the_text_to_replace_stands_there_once(fault: Fault) -> None:
    assert (ROOT / fault.path).read_text(encoding="utf-8").count(fault.right) == 1
    assert fault.right != fault.wrong


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault.path}: {fault.kind}")
def test_the_tests_that_should_know_are_there(fault: Fault) -> None:
    assert fault.tests and all((ROOT / test).exists() for test in fault.tests)
