"""Titles of findings in a list, those that are alike told apart by the code."""

from collections import Counter
from collections.abc import Iterable, Mapping

from data.findings.lines import FindingLine


def titles(lines: Iterable[FindingLine]) -> Mapping[str, str]:
    """Return the titles of `lines` by code; of a title that several have, the code follows it."""
    findings = [line.finding for line in lines]
    alike = Counter(each.title for each in findings)
    return {
        each.code: f"{each.title} · {each.code}" if alike[each.title] > 1 else each.title
        for each in findings
    }
