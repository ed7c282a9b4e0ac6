"""Charts that rank units by a figure, the worst on top."""

import altair as alt

from dashboard.charts.bars import bars, figure
from dashboard.charts.look import Look
from dashboard.charts.parts import (
    TIP,
    base,
    choice,
    layered,
    literal,
    names,
    outlined,
    shares,
    tip,
    word_colours,
    words,
)
from dashboard.charts.specs import Texts

PLACES = "places"


def ranked_shares(texts: Texts, look: Look) -> alt.LayerChart:
    """A share per unit, with its confidence interval as a pale rule.

    Columns: code, name, share (0 to 1), low and high (0 to 1, the ends of the interval, or null),
    text (the share as written, with its number of cases), basis (RANKED, FEW). Texts: the two
    bases. Selects by `code`.
    """
    chosen = choice()
    colours = look.colours
    fills = {"RANKED": colours.plain, "FEW": colours.faint}
    y = names("name", look)
    both = base().encode(y=y, x=shares("share"), tooltip=TIP)
    return (
        layered(
            base()
            .mark_rule(strokeWidth=look.px(5), color=colours.pale)
            .encode(y=y, x=shares("low"), x2=alt.X2("high")),
            both.mark_point(filled=True, opacity=1, size=look.px(80))
            .encode(
                color=word_colours(texts, fills),
                shape=alt.Shape("word:N", title=None)
                .scale(domain=[texts[basis] for basis in fills], range=["circle", "diamond"])
                .legend(None),
                **outlined(chosen, look),
            )
            .properties(name=PLACES)
            .add_params(chosen),
            figure(base().encode(y=y, x=shares("right")), look, alt.Text("text:N")),
        )
        .transform_calculate(
            word=words(texts, "basis", fills),
            right="isValid(datum.high) ? datum.high : datum.share",
        )
        .transform_calculate(tip=tip("name", "word", "text"))
        .properties(height=alt.Step(look.px(26)))
    )


def ranked_numbers(texts: Texts, look: Look, *, late: bool = False) -> alt.LayerChart:
    """A number per unit as a bar, red if it counts what is `late`.

    Columns: code, name, value (number), text (the value as written). Selects by `code`.
    """
    return bars(
        look,
        y=names("name", look),
        colour=alt.value(look.colours.red if late else look.colours.plain),
        text="text:N",
        view=PLACES,
    ).transform_calculate(tip=tip("name", "text"))


def ranked_parts(texts: Texts, look: Look) -> alt.LayerChart:
    """Per unit a part of a whole: a bar on a pale one, which is as long for every unit.

    Columns: code, name, value (0 to 1), text (part and whole as written). Texts: PART, WHOLE.
    Selects by `code`.
    """
    chosen = choice()
    fills = {"PART": look.colours.plain, "WHOLE": look.colours.pale}
    y = names("name", look)
    colour = word_colours(texts, fills)

    def bar(field: str, kind: str) -> alt.Chart:
        along = alt.X(f"{field}:Q", title=None).scale(zero=True, nice=False).axis(None)
        drawn: alt.Chart = base().transform_calculate(word=literal(texts[kind])).mark_bar()
        return drawn.encode(y=y, x=along, tooltip=TIP, color=colour)

    return (
        layered(
            bar("whole", "WHOLE"),
            bar("value", "PART")
            .encode(**outlined(chosen, look))
            .properties(name=PLACES)
            .add_params(chosen),
            figure(base().encode(y=y, x=alt.X("whole:Q", title=None)), look, alt.Text("text:N")),
        )
        .transform_calculate(tip=tip("name", "text"), whole="1")
        .properties(height=alt.Step(look.px(24)))
    )


def ranked_states(
    texts: Texts, look: Look, *, fills: tuple[tuple[str, str], ...]
) -> alt.LayerChart:
    """A number per row as a bar in the colour of its state.

    Columns: name, value (number), text (the value as written), state (a code). Texts: the states.
    `fills` are pairs of state and colour.
    """
    colours = dict(fills)
    return (
        bars(look, y=names("name", look), colour=word_colours(texts, colours), text="text:N")
        .transform_calculate(word=words(texts, "state", colours))
        .transform_calculate(tip=tip("name", "word", "text"))
    )
