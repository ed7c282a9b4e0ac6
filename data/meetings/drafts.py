"""Drafts of decisions on a meeting's matters: the units concerned and the words to note.

A draft is only a proposal; a decision exists once somebody notes it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from data import matters
from data.figures.units import departments_of
from data.findings import same_kind
from data.findings.lines import FindingLine, lines
from data.findings.same_kind import KindStanding
from data.matters import About, Matter, units_named
from data.meetings.put_before import PutBefore, Subject, put_before
from data.scope import Scope
from models.text import N_, Sentence, sentence

WORDS: Mapping[str, str] = {
    matters.MAJOR_OVERDUE_RULE: N_(
        "Have the major finding “{title}” rectified by the time limit, under supervision of the"
        " competent department, and hear the result at the next meeting."
    ),
    matters.SAME_KIND_RULE: N_(
        "Have findings of the kind “{category}” rectified in all units named, and checked for in"
        " the others."
    ),
    matters.BEYOND_RULE: N_(
        "Have the money of “{project}” beyond what was allowed accounted for and rectified by the"
        " time limit."
    ),
    matters.INSTRUCTED_RULE: N_(
        "Have “{title}” rectified as the leaders instructed, and report to them."
    ),
    matters.NO_GRADE_RULE: N_(
        "Have internal control put in order by the time limit, with guidance by the audit bureau."
    ),
    matters.HELP_RULE: N_("Name a leader who co-ordinates the key task “{task}”."),
    matters.IDLE_RULE: N_(
        "Have the idle money of “{project}” spent or returned by the time limit."
    ),
    matters.MOVED_RULE: N_(
        "Move the time limit of “{title}” no further; have it rectified by the present one."
    ),
    matters.SILENT_RULE: N_("Have all data that are due reported by the time limit."),
}
"""What may be decided, by the rule that brought the matter up."""


ACTS: Mapping[str, str] = {
    matters.MAJOR_OVERDUE_RULE: N_(
        "name who supervises it, set a last time limit, hear the result next time"
    ),
    matters.SAME_KIND_RULE: N_("have the rest rectified, and other units checked for the same"),
    matters.BEYOND_RULE: N_("have the overspending accounted for and corrected by a time limit"),
    matters.INSTRUCTED_RULE: N_("have it rectified as instructed, and reported on"),
    matters.NO_GRADE_RULE: N_("have internal control put in order, with guidance"),
    matters.HELP_RULE: N_("name a leader who co-ordinates it"),
    matters.IDLE_RULE: N_("have it spent or returned by a time limit"),
    matters.MOVED_RULE: N_("move the time limit no further"),
    matters.SILENT_RULE: N_("have the data due reported by a time limit"),
}
"""What the leaders are asked to decide, in short, by the rule that brought the matter up."""
ACT_IF_RECTIFIED = N_("check the other units for the same, and correct the rules")
ACT_IF_PUT_BEFORE = N_("hear the results, and decide what follows")
WORDS_IF_RECTIFIED = N_(
    "All findings of the kind “{category}” are rectified. Have the other units checked for the"
    " same, and the rules behind it mended."
)
ALL_RECTIFIED = N_("all {findings} rectified, still a red warning")
SOME_RECTIFIED = N_("{rectified} of {findings} rectified")
NONE_RECTIFIED = N_("none of {findings} rectified")


@dataclass(frozen=True, slots=True)
class Draft:
    """A matter with the names of the units concerned and the words of a decision.

    `units` is empty if the matter concerns the whole district. `act` says in short what is to be
    decided, `so_far` how many of its findings are rectified (only for findings of the same kind),
    `put` the meeting that the matter was put to before (None if to none). `finding` is the finding
    that the matter is about, of several of the same kind the one that presses most (None if all are
    rectified), `others` how many more of them are not rectified. `department` answers for the unit
    of a matter about something else; "" if its sector has none.
    """

    matter: Matter
    units: tuple[str, ...]
    words: Sentence
    act: str
    so_far: Sentence | None = None
    put: PutBefore | None = None
    finding: FindingLine | None = None
    others: int = 0
    department: str = ""


def drafts(connection: Connection, scope: Scope, most: int = 5) -> tuple[Draft, ...]:
    """A draft for each of at most `most` matters of `scope` that need a decision, in their
    order."""
    listed = matters.matters(connection, scope, most)
    categories = [matter.subject for matter in listed if matter.about is About.CATEGORY]
    counted = same_kind.rectified(connection, scope, categories)
    put = put_before(connection, scope, listed)
    findings = _findings(connection, scope, listed, categories)
    departments = departments_of(connection, [matter.unit for matter in listed if matter.unit])
    return tuple(
        _draft(
            matter,
            units_named(connection, scope, matter),
            counted.get(matter.subject) if matter.about is About.CATEGORY else None,
            put.get((matter.about, matter.subject)),
            findings.get((matter.about, matter.subject)),
            departments.get(matter.unit, ""),
        )
        for matter in listed
    )


def _findings(
    connection: Connection, scope: Scope, listed: Sequence[Matter], categories: Sequence[str]
) -> Mapping[Subject, FindingLine]:
    """By kind and subject of a matter, the finding that it is about, or the most pressing one."""
    codes: dict[Subject, str] = {
        (matter.about, matter.subject): matter.subject
        for matter in listed
        if matter.about is About.FINDING
    }
    pressing = same_kind.most_pressing(connection, scope, categories)
    codes |= {(About.CATEGORY, category): code for category, code in pressing.items()}
    read = lines(connection, sorted(set(codes.values())), scope.as_of)
    by_code = {line.finding.code: line for line in read}
    return {subject: by_code[code] for subject, code in codes.items()}


def _draft(
    matter: Matter,
    units: tuple[str, ...],
    counted: KindStanding | None,
    put: PutBefore | None,
    finding: FindingLine | None,
    department: str,
) -> Draft:
    done = counted is not None and counted.rectified == counted.findings
    return Draft(
        matter,
        units,
        sentence(WORDS_IF_RECTIFIED if done else WORDS[matter.rule], **matter.what.values),
        ACT_IF_PUT_BEFORE if put else ACT_IF_RECTIFIED if done else ACTS[matter.rule],
        _so_far(counted) if counted else None,
        put,
        finding,
        counted.findings - counted.rectified - 1 if counted and finding else 0,
        department,
    )


def _so_far(counted: KindStanding) -> Sentence:
    numbers = {"findings": counted.findings, "rectified": counted.rectified}
    if counted.rectified == counted.findings:
        return sentence(ALL_RECTIFIED, **numbers)
    return sentence(SOME_RECTIFIED if counted.rectified else NONE_RECTIFIED, **numbers)
