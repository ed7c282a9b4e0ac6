"""What units go by on the wall: their names, or numbers in their place."""

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard import reads
from dashboard.frame.view import View
from dashboard.i18n import _
from data.nodes import DISTRICT, parse
from models import hiding


@dataclass(frozen=True, slots=True)
class Names:
    """Units by code: their names, and, where those are hidden, what stands in their place."""

    named: Mapping[str, str]
    labels: Mapping[str, str]

    def of_code(self, code: str) -> str:
        """What the unit of this code goes by."""
        return self.labels.get(code) or self.named.get(code, code)

    def of(self, code: str, name: str) -> str:
        """The same where the name is known already."""
        return self.labels.get(code, name)

    def within(self, text: str) -> str:
        """A text in which no unit is called by its name if names are hidden."""
        replaced = {self.named[code]: label for code, label in self.labels.items()}
        return hiding.without_names(text, replaced)


def names(view: View, meeting: str, *, hidden: bool) -> Names:
    """What the units of the district go by, as far as the viewer sees them."""
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
