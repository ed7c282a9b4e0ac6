"""A district in which every text looks like markup, a formula or an address."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import Engine, insert, update

from dashboard import clock
from data.access import first_accounts
from data.meetings import freezes
from data.store.access_log import Act
from data.store.database import writing
from data.store.schema import migrate
from models.account import Account
from models.collection import SentFile
from models.import_warning import Oddity
from models.kept import Import
from models.kinds import Name, Note, Text
from models.own_snapshot import OwnSnapshot, SetAsideRow
from models.registry import BY_ID
from tests.data import contents

HOSTILE = (
    "=1+[qz](http://qz.example) ![qz](x.png) <qz a=1> &lt;qz www.qz.example qz@qz.example $qz$ *qz*"
    " `qz` :violet[qz] :smile: _qz_ ~~qz~~"
)


def hostile(ledger: str, **row: Any) -> dict[str, Any]:
    """A row of `ledger` with hostile text in every text column."""
    filled = contents.DEFAULTS[ledger] | row
    for column in BY_ID[ledger].columns:
        if isinstance(column.kind, Text | Name | Note) and column.kind.name != "uscc":
            filled[column.id] = f"{row.get('code', '')}{HOSTILE}"[: column.kind.length]
    return filled


def fill(engine: Engine) -> None:
    """Store a district in which only codes and days are harmless."""
    migrate(engine)
    rows = {ledger: [hostile(ledger)] for ledger in BY_ID}
    rows["units"] = [
        hostile("units", code="U1", subdistrict="120104001"),
        hostile("units", code="U2", kind="SOE"),
    ]
    rows["findings"] = [
        hostile("findings", code="F1", unit="U1"),
        hostile("findings", code="F2", unit="U2", severity="MAJOR"),
    ]
    rows["reports"] = [hostile("reports", submitted_on=date(2026, 1, 30))]
    to_come = clock.today() + timedelta(days=30)
    rows["meetings"] = [hostile("meetings"), hostile("meetings", code="M2", on_date=to_come)]
    contents.kept(engine, contents.workbook(**rows))
    with writing(engine) as connection:
        first_accounts.demonstration(connection, clock.now())
        connection.execute(update(Account).values(full_name=HOSTILE[:50]))
        connection.execute(update(Import).values(file_name=HOSTILE, reason=HOSTILE))
        now = clock.now()
        told = {"sender": HOSTILE[:60], "form": "findings", "as_of": contents.TODAY}
        whose = {"at": now, "account": "wang"}
        connection.execute(
            insert(OwnSnapshot).values(
                **told, **whose, import_number=1, file_name=HOSTILE, sha256="0" * 64
            )
        )
        connection.execute(
            insert(SetAsideRow).values(
                **told,
                **whose,
                file_name=HOSTILE,
                sheet=HOSTILE,
                row=2,
                ledger="findings",
                unit="U1",
                said={"title": HOSTILE, "unit": HOSTILE},
                questions=[],
            )
        )
        connection.execute(
            insert(Oddity).values(
                import_number=1,
                unit="U1",
                sheet=HOSTILE,
                row=2,
                column=HOSTILE,
                value=HOSTILE,
                message="{value} is odd",
                values={"value": HOSTILE},
            )
        )
        for number, state in enumerate(("SENT", "RETURNED"), start=1):
            connection.execute(
                insert(SentFile).values(
                    number=number,
                    unit="U1",
                    period="2026-06",
                    file_name=HOSTILE,
                    content=b"x",
                    size=1,
                    sha256="0" * 64,
                    ours=True,
                    answers={HOSTILE: HOSTILE},
                    counts={"findings": {"new": 1, "changed": 0, "equal": 0}},
                    faults=0,
                    questions=0,
                    corrections=0,
                    warnings=0,
                    state=state,
                    sent_at=now,
                    sent_by="demo-unit",
                    reason=HOSTILE if state == "RETURNED" else None,
                )
            )
    freezes.freeze(engine, "M1", date(2026, 2, 1), Act("wang", clock.now()), contents.TODAY)
