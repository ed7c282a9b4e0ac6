"""What the commands of the collection print with --json."""

from collections.abc import Sequence

from dashboard.commands.importing import fault_as_json
from dashboard.i18n import say
from data.collection.checking import Checked
from data.collection.inbox import Collected, SentLine


def collected_as_json(found: Collected, lines: Sequence[SentLine]) -> dict[str, object]:
    """A month of the collection: units that sent, those late, and every file."""
    return {
        "period": str(found.period),
        "due_on": found.due_on.isoformat(),
        "units": len(found.units),
        "in": found.arrived,
        "late": [
            {"unit": each.unit, "name": each.unit_name, "days": each.days_late}
            for each in found.late
        ],
        "files": [file_as_json(each) for each in lines],
    }


def file_as_json(line: SentLine) -> dict[str, object]:
    """A file of the inbox, with its state and what the check found."""
    return {
        "number": line.number,
        "unit": line.unit,
        "period": line.period,
        "file": line.file_name,
        "sha256": line.sha256,
        "state": line.state.value,
        "clean": line.clean,
        "sent_at": line.sent_at.isoformat(),
        "sent_by": line.sent_by,
        "settled_at": line.settled_at.isoformat() if line.settled_at else None,
        "settled_by": line.settled_by,
        "reason": line.reason,
        "import": line.import_number,
        "found": {
            "faults": line.faults,
            "questions": line.questions,
            "corrections": line.corrections,
            "warnings": line.warnings,
        },
    }


def checked_as_json(checked: Checked) -> dict[str, object]:
    """What a check of a file found: counts by ledger, faults and questions."""
    return {
        "ledgers": checked.counts,
        "faults": [fault_as_json(fault) for fault in checked.taken.faults],
        "questions": [
            {"id": each.id, "kind": each.kind.value, "asks": say(each.asks)}
            for each in (checked.own.questions if checked.own else ())
        ],
    }
