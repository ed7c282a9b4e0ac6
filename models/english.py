"""Nouns and verbs of English messages in the singular where the number is 1."""

import re
from collections.abc import Mapping

IRREGULAR = {"anomalies": "anomaly", "duties": "duty", "entries": "entry"}
REGULAR = (
    "answers|bytes|cases|cells|characters|checks|columns|days|decisions|disposals|files|findings"
    "|freezes|hours|items|letters|limits|matters|meetings|minutes|months|pieces|places|posts"
    "|projects|reports|reviews|rows|sheets|tasks|things|times|units|values|verdicts|warnings|years"
)
VERBS = {
    "are": "is",
    "agree": "agrees",
    "differ": "differs",
    "do": "does",
    "have": "has",
    "lack": "lacks",
    "lie": "lies",
    "say": "says",
    "stand": "stands",
    "wait": "waits",
    "were": "was",
}
OF_ANOTHER_NOUN = "that|which|whose|where|and|or|but"
COUNTED = re.compile(
    r"(?:\{(?P<part>\w+)\} of )?"
    rf"\{{(?P<counted>\w+)\}} (?P<noun>{'|'.join(IRREGULAR)}|{REGULAR})\b"
    rf"(?:(?P<between>(?: (?!(?:{OF_ANOTHER_NOUN})\b)[a-z]+)*?)"
    rf" (?P<verb>{'|'.join(VERBS)})\b)?"
)
"""Matches a placeholder and the counted noun after it; then the verb, if one follows, also after
words that belong to the noun. A `part` before them, as in "{part} of {n} days are", is the subject
of the verb."""


def in_number(message: str, values: Mapping[str, object]) -> str:
    """`message`, with placeholders not yet filled, in the singular or plural that `values` ask for.

    "{n} days are" becomes "{n} day is" if n is 1; in "{part} of {n} days are" the verb depends on
    `part`.
    """
    if not any(map(_is_one, values.values())):
        return message
    return COUNTED.sub(lambda found: _one(found, values), message)


def _one(found: re.Match[str], values: Mapping[str, object]) -> str:
    part, counted, noun = found["part"], found["counted"], found["noun"]
    whole_is_one = _is_one(values.get(counted))
    if whole_is_one:
        noun = IRREGULAR.get(noun) or noun.removesuffix("s")
    text = f"{{{part}}} of " if part else ""
    text += f"{{{counted}}} {noun}"
    if not found["verb"]:
        return text
    is_one = whole_is_one or (part is not None and _is_one(values.get(part)))
    verb = VERBS[found["verb"]] if is_one else found["verb"]
    return f"{text}{found['between']} {verb}"


def _is_one(value: object) -> bool:
    return value == "1" or (isinstance(value, int) and value == 1)
