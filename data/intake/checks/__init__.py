"""The rules between rows, one module per subject; each fault names the workbook row that breaks
a rule."""

from collections.abc import Callable, Collection, Iterator
from datetime import date
from functools import partial

from data.intake.checks.corrections import Correcting, refused_corrections
from data.intake.checks.dates import too_early
from data.intake.checks.histories import broken_histories
from data.intake.checks.prospect import Prospect
from data.intake.checks.references import repeated_keys, unknown_references
from data.intake.checks.repeats import repeats
from data.intake.checks.reviews import mutual_reviews, projects_of_reviews
from data.intake.checks.scores import reviewers, scored_reports
from data.intake.checks.senders import foreign_rows
from data.intake.checks.units import credit_codes, other_names, superiors
from data.intake.checks.whole_rows import broken_rows
from data.reference.lists import References
from data.workbook.rows import Fault

Check = Callable[[Prospect], Iterator[Fault]]


def faults_between_rows(
    prospect: Prospect,
    *,
    day: date,
    references: References,
    correct: Correcting | None,
    sender: str = "",
    sent_units: Collection[str] | None = None,
) -> Iterator[Fault]:
    """Every fault visible only beside other rows, in the state after the import on `day`.

    `correct` says which guarded columns may change; any other change of one is a fault. A `sender`
    may send rows of `sent_units` only (None = of all units). Checks skip cells that already have a
    fault.
    """
    yield from repeated_keys(prospect)
    yield from foreign_rows(prospect, sender=sender, units=sent_units)
    for check in _checks(day, references, correct):
        faults = list(check(prospect))
        prospect.spoil(faults)
        yield from faults


def _checks(day: date, references: References, correct: Correcting | None) -> Iterator[Check]:
    yield partial(refused_corrections, correct=correct)
    yield partial(broken_rows, references=references)
    yield unknown_references
    yield superiors
    yield partial(credit_codes, day=day)
    yield other_names
    yield repeats
    yield too_early
    yield broken_histories
    yield mutual_reviews
    yield projects_of_reviews
    yield scored_reports
    yield reviewers
