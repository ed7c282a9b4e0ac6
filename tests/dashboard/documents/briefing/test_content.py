"""What a briefing counts once and uses in several places equals what is counted for itself."""

import pytest
from sqlalchemy import Engine

from dashboard.documents.briefing.content import RANKED_BY
from dashboard.documents.briefing.read_once import NAMED_AS_WORST
from data.figures.ranking import ranking
from data.figures.units import units
from data.findings.holding import came_back
from data.nodes import parse
from data.scope import Scope, everything
from data.store.database import reading
from tests.dashboard.documents.briefing.telling import read
from tests.demonstration_day import TODAY

DISTRICT = everything(parse("district"), TODAY)


@pytest.mark.parametrize(
    "scope",
    [
        DISTRICT,
        everything(parse("sector:EDU"), TODAY),
        everything(parse("kind:SOE"), TODAY),
        Scope(parse("district"), TODAY, sectors=frozenset({"EDU"})),
    ],
)
def test_closures_that_did_not_last_are_those_of_all_facts(
    demonstrated: Engine, scope: Scope
) -> None:
    with reading(demonstrated) as connection:
        assert read(demonstrated, scope).came_back == came_back(
            connection, scope, NAMED_AS_WORST + 1
        )


def test_some_units_of_the_demonstration_have_closures_that_did_not_last(
    demonstrated: Engine,
) -> None:
    assert read(demonstrated, DISTRICT).came_back.units


def test_units_are_ranked_as_they_are_alone(demonstrated: Engine) -> None:
    found = read(demonstrated, DISTRICT)
    with reading(demonstrated) as connection:
        assert found.ranking == ranking(connection, DISTRICT, found.catalogue[RANKED_BY])
        assert found.units == units(connection, DISTRICT)
