"""Drafts of decisions on a meeting's matters: the units concerned and the words to note.

A draft is only a proposal; a decision exists once somebody notes it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from data import matters
from data.matters import Matter, units_named
from data.scope import Scope
from models.text import N_, Sentence, sentence

WORDS: Mapping[str, str] = {
    matters.MAJOR_OVERDUE_RULE: N_(
        "Have the major finding “{title}” put right by the time limit, under supervision of the"
        " competent department, and hear the result at the next meeting."
    ),
    matters.SAME_KIND_RULE: N_(
        "Have findings of the kind “{category}” put right in all units named, and checked for in"
        " the others."
    ),
    matters.BEYOND_RULE: N_(
        "Have the money of “{project}” beyond what was allowed accounted for and put right by the"
        " time limit."
    ),
    matters.INSTRUCTED_RULE: N_(
        "Have “{title}” put right as the leaders instructed, and report to them."
    ),
    matters.NO_GRADE_RULE: N_(
        "Have internal control put in order by the time limit, with guidance by the audit bureau."
    ),
    matters.HELP_RULE: N_("Name a leader who co-ordinates the key task “{task}”."),
    matters.IDLE_RULE: N_(
        "Have the idle money of “{project}” spent or returned by the time limit."
    ),
    matters.MOVED_RULE: N_(
        "Move the time limit of “{title}” no further; have it put right by the present one."
    ),
    matters.SILENT_RULE: N_("Have all data that are due reported by the time limit."),
}
"""What may be decided, by the rule that brought the matter up."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A matter with the names of the units concerned and the words of a decision.

    `units` is empty if the matter concerns the whole district.
    """

    matter: Matter
    units: tuple[str, ...]
    words: Sentence


def drafts(connection: Connection, scope: Scope) -> tuple[Draft, ...]:
    """A draft for each matter of `scope` that needs a decision, in the order of the matters."""
    return tuple(
        Draft(
            matter,
            units_named(connection, scope, matter),
            sentence(WORDS[matter.rule], **matter.what.values),
        )
        for matter in matters.matters(connection, scope)
    )
