"""The singular of what is counted in an English message, where there is just one of it."""

import re
from collections.abc import Mapping

IRREGULAR = {"anomalies": "anomaly", "duties": "duty", "entries": "entry"}
REGULAR = (
    "answers|bytes|cases|cells|characters|checks|columns|days|decisions|disposals|files|findings"
    "|freezes|hours|items|letters|limits|matters|meetings|minutes|months|pieces|places|posts"
    "|projects|reports|reviews|rows|sheets|tasks|things|times|units|values|verdicts|warnings|years"
)
PLURAL_VERBS = "are|agree|differ|do|have|lack|lie|say|stand|wait|were"
COUNTED = re.compile(rf"\{{(\w+)\}} ({'|'.join(IRREGULAR)}|{REGULAR})\b(?! (?:{PLURAL_VERBS})\b)")
"""A placeholder and the noun after it, unless a verb follows that would have to change as well."""


def in_number(message: str, values: Mapping[str, object]) -> str:
    """`message`, whose placeholders are not yet filled, as it is said of `values`: "{n} days" is
    "{n} day" if n is 1."""
    if not any(map(_is_one, values.values())):
        return message
    return COUNTED.sub(lambda found: _one(found, values), message)


def _one(found: re.Match[str], values: Mapping[str, object]) -> str:
    counted, noun = found.groups()
    if not _is_one(values.get(counted)):
        return found[0]
    return f"{{{counted}}} {IRREGULAR.get(noun) or noun.removesuffix('s')}"


def _is_one(value: object) -> bool:
    return value == "1" or (isinstance(value, int) and value == 1)
