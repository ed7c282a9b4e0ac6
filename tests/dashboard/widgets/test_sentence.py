"""A sentence says the gravest first; of many pieces the browser shows the first few."""

from dashboard.charts.status_colours import Tone
from dashboard.elements import figure, matters
from dashboard.widgets import sentence


def test_what_is_red_comes_first_then_what_is_yellow_or_became_worse():
    worse = figure.changed("▼ 5.0 pp", "against May", False)
    better = figure.changed("▲ 1", "against May", True)
    said = sentence.of(
        [
            matters.piece("against May", aside=True),
            matters.piece("better", change=better),
            matters.piece("green", Tone.GOOD),
            matters.piece("worse", change=worse),
            matters.piece("yellow", Tone.WARN),
            matters.piece("grey", Tone.SILENT),
            matters.piece("red", Tone.BAD),
            matters.piece("red too", Tone.BAD, change=better),
        ]
    )
    assert [each["text"] for each in said["pieces"]] == [
        *("red", "red too", "worse", "yellow", "better", "green", "grey", "against May")
    ]


def test_the_browser_counts_the_pieces_that_it_does_not_show():
    assert "{n}" in sentence.of([matters.piece("red", Tone.BAD)])["more"]
    # A sentence of other parts is shown whole.
    assert not matters.sentence([matters.piece("red", Tone.BAD)])["more"]
