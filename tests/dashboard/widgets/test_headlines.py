"""What stands beside a title: a list that is not whole says how many are left out."""

import pytest

from dashboard.i18n import use_language
from dashboard.widgets import headlines


@pytest.mark.parametrize(
    ("of", "said"), [(7, "number of findings"), (9, "number of findings; 2 more are not shown")]
)
def test_what_is_left_out_is_counted(of, said):
    with use_language("en"):
        assert headlines.first_of("number of findings", 7, of) == said
