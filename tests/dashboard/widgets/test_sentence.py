"""A sentence says the gravest first; of many pieces the browser shows the first few."""

from dashboard.charts.status_colours import Tone
from dashboard.elements import figure, matters
from dashboard.widgets import sentence


def test_what_is_red_comes_first_then_what_is_yellow_or_became_worse():
    worse = figure.changed("▼ 5.0 pp", "against May", False)
    better = figure.changed("▲ 1", "against May", True)
    slightly = figure.changed("▼ 1.0 pp", "against May", False, grave=False)
    said = sentence.of(
        [
            matters.piece("against May", aside=True),
            matters.piece("better", change=better),
            matters.piece("slightly worse", change=slightly),
            matters.piece("green", Tone.GOOD),
            matters.piece("worse", change=worse),
            matters.piece("yellow", Tone.WARN),
            matters.piece("grey", Tone.SILENT),
            matters.piece("red", Tone.BAD),
            matters.piece("red too", Tone.BAD, change=better),
        ]
    )
    assert [each["text"] for each in said["pieces"]] == [
        *(
            "red",
            "red too",
            "worse",
            "yellow",
            "better",
            "slightly worse",
            "green",
            "grey",
            "against May",
        )
    ]


def test_the_browser_counts_the_pieces_that_it_does_not_show():
    assert "{n}" in sentence.of([matters.piece("red", Tone.BAD)])["more"]
    # A sentence of other parts is shown whole.
    assert not matters.sentence([matters.piece("red", Tone.BAD)])["more"]


def test_a_sentence_is_as_high_as_its_lines_on_a_screen_of_some_width():
    red = matters.piece("a" * 40, Tone.BAD)
    against = matters.piece("against May", aside=True)
    assert sentence.least_height([red, against], 1000, most=5) == sentence.LINE
    assert sentence.least_height([red, red, against], 364, most=5) == 3 * sentence.LINE
    # A piece that is wider than the screen goes on in lines of its own.
    long = matters.piece("审计" * 15, Tone.BAD)
    assert sentence.least_height([long], 364, most=5) == sentence.LINE + sentence.NEXT_LINE
    # Beyond the first few there is one piece that counts them.
    narrow = [matters.piece("a", Tone.BAD)] * 9
    assert sentence.least_height(narrow, 30, most=1) == sentence.least_height(narrow[:1], 30, 1) + (
        sentence.LINE + sentence.NEXT_LINE * 2
    )
