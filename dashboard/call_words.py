"""Calls of the committee in words: what is asked of whom."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from dashboard.i18n import _, name, say
from data.meetings.calls import Call, Called

NAMED = 3
"""The most units or departments that are named; one more is named rather than counted."""


def text_of(call: Call, called_as: Callable[[Called], str] | None = None) -> str:
    """The sentence of a call, with the gravest of the called by name, and how many there are.

    `called_as` returns the name to show, for names that are hidden.
    """
    if not call.called:
        return say(call.words)
    named_as = called_as or (lambda each: each.name)
    shown = call.called if len(call.called) == NAMED + 1 else call.called[:NAMED]
    names = without_common_end([named_as(each) or _("District") for each in shown])
    # Departments that share a task stand in one name, separated by commas.
    between = _("; ") if any("、" in each for each in names) else _(", ")
    said = between.join(map(_with_weight, shown, names))
    whom = said
    if len(call.called) > len(shown):
        whom = _("{named} and others ({all} in all)", named=said, all=len(call.called))
    return say(replace(call.words, values={**call.words.values, "whom": whom}))


def without_common_end(names: Sequence[str]) -> list[str]:
    """The names without the words in brackets at their end, where several all have the same.

    What all of them are need not be said of each.
    """
    ends = {name[name.rfind("（") :] if name.endswith("）") else "" for name in names}
    (end, *others) = ends or {""}
    if others or not end or len(names) < 2 or end in names:
        return list(names)
    return [name.removesuffix(end) for name in names]


def _with_weight(called: Called, said: str) -> str:
    if called.told is None:
        return said
    return _("{name} ({told})", name=said, told=name(called.told))
