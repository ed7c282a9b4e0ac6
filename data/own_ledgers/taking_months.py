"""Combine the results of importing several months of one file."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from data.intake.preview import FigureAhead, LedgerPreview, Preview
from data.intake.taken import Counts
from data.own_ledgers.how_to_take import OwnTaken
from data.own_ledgers.words.stated import Question, StatedFile


def together(done: Sequence[OwnTaken], left: Sequence[StatedFile], *, trial: bool) -> OwnTaken:
    """The result for the months `done`, the last of which may be refused, and the months `left`, as
    one file.

    A trial has no number.
    """
    last = done[-1]
    stated = _stated([*(each.stated for each in done), *left])
    if last.refused:
        asked = _distinct([*last.questions, *(q for each in left for q in each.questions)])
        return replace(last, stated=stated, questions=asked)
    numbers = [each.taken.number for each in done if each.taken.number is not None]
    taken = replace(
        last.taken,
        number=None if trial or not numbers else numbers[-1],
        counts=_counts([each.taken.counts for each in done]),
        warnings=tuple(odd for each in done for odd in each.taken.warnings),
        preview=_preview([each.taken.preview for each in done if each.taken.preview]),
    )
    return OwnTaken(
        stated,
        taken,
        (),
        _distinct([question for each in done for question in each.optional]),
        () if trial else tuple(line for each in done for line in each.sums),
        sum(each.set_aside for each in done),
        () if trial else tuple(numbers[:-1]),
    )


def _stated(months: Sequence[StatedFile]) -> StatedFile:
    return StatedFile(
        months[0].file,
        tuple(sheet for each in months for sheet in each.sheets),
        tuple(row for each in months for row in each.rows),
        _distinct([question for each in months for question in each.questions]),
        [answered for each in months for answered in each.answered],
        [warning for each in months for warning in each.warnings],
        [fault for each in months for fault in each.faults],
    )


def _distinct(questions: Sequence[Question]) -> list[Question]:
    return list({each.id: each for each in reversed(questions)}.values())[::-1]


def _counts(counts: Sequence[Counts]) -> dict[str, dict[str, int]]:
    """The counts of all months added up, by ledger."""
    added: dict[str, Counter[str]] = {}
    for each in counts:
        for ledger, numbers in each.items():
            added.setdefault(ledger, Counter()).update(numbers)
    return {ledger: dict(numbers) for ledger, numbers in added.items()}


def _preview(previews: Sequence[Preview]) -> Preview | None:
    """The rows of all months, and the figures before the first and after the last."""
    if not previews:
        return None
    ledgers: dict[str, LedgerPreview] = {}
    for each in (ledger for preview in previews for ledger in preview.ledgers):
        before = ledgers.get(each.ledger)
        ledgers[each.ledger] = (
            each
            if before is None
            else replace(
                before,
                new=(*before.new, *each.new),
                changed=(*before.changed, *each.changed),
                equal=before.equal + each.equal,
            )
        )
    first = {each.before.id: each.before for each in previews[0].figures}
    figures = (
        FigureAhead(first.get(each.before.id, each.before), each.after)
        for each in previews[-1].figures
    )
    return Preview(tuple(ledgers.values()), tuple(figures))
