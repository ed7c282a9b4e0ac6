"""Names of units on the wall: their real names, or numbers if names are hidden."""

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard import reads
from dashboard.frame.view import View
from dashboard.i18n import _
from data.nodes import DISTRICT, parse
from models import hiding


@dataclass(frozen=True, slots=True)
class Names:
    """Names of units by code, and the labels shown instead if names are hidden (else empty)."""

    named: Mapping[str, str]
    labels: Mapping[str, str]

    def of_code(self, code: str) -> str:
        """Return the label or name of the unit with this code."""
        return self.labels.get(code) or self.named.get(code, code)

    def of(self, code: str, name: str) -> str:
        """Return the label of the unit, or `name` if names are not hidden."""
        return self.labels.get(code, name)

    def within(self, text: str) -> str:
        """Return `text` with the names of units replaced by their labels if names are hidden."""
        replaced = {self.named[code]: label for code, label in self.labels.items()}
        return hiding.without_names(text, replaced)


def names(view: View, meeting: str, *, hidden: bool) -> Names:
    """Return the names of all units of the district that the viewer may see."""
    units = reads.units(view.scope.at(parse(DISTRICT)))
    named = {line.code: line.name for line in units}
    if not hidden:
        return Names(named, {})
    numbers = hiding.numbered(named, meeting)
    width = max(2, len(str(len(numbers))))
    labels = {
        code: _("Unit {number}", number=f"{number:0{width}}") for code, number in numbers.items()
    }
    return Names(named, labels)
