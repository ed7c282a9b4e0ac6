"""Forecasts about time limits ahead, and the record of past forecasts."""

from sqlalchemy import Connection

from dashboard.reads.questions import ask
from data.findings.lines import FindingLine
from data.nodes import DISTRICT, Node
from data.outlook import expected, method
from data.outlook.expected import Ahead, Outlook, Record
from data.outlook.method import Method
from data.scope import Scope, everything


def outlook(scope: Scope) -> Outlook:
    """The forecast for `scope`."""
    return ask(_outlook, scope)


def record(scope: Scope) -> Record:
    """Past forecasts about the findings of `scope` against what happened."""
    return ask(_record, scope)


def record_of_reports(scope: Scope) -> Record:
    """Past forecasts about the reports of `scope` against what happened."""
    return ask(_record_of_reports, scope)


def chance_of(scope: Scope, line: FindingLine) -> Ahead:
    """The chance that an open finding, whose limit is ahead, misses it."""
    return expected.chance_of(line, scope.as_of, of_findings(scope))


def of_findings(scope: Scope) -> Method:
    """The method of forecasts about findings on the day of `scope`; the same for every node."""
    return ask(_of_findings, _whole(scope))


def of_reports(scope: Scope) -> Method:
    """The method of forecasts about reports on the day of `scope`; the same for every node."""
    return ask(_of_reports, _whole(scope))


def _whole(scope: Scope) -> Scope:
    """The district on the day of `scope`: methods learn from all of it, and hold no rows."""
    return everything(Node(DISTRICT), scope.as_of).as_frozen(scope.frozen)


def _of_findings(connection: Connection, scope: Scope) -> Method:
    return method.of_findings(connection, scope.as_of)


def _of_reports(connection: Connection, scope: Scope) -> Method:
    return method.of_reports(connection, scope.as_of)


def _outlook(connection: Connection, scope: Scope) -> Outlook:
    return expected.outlook(connection, scope, of_findings(scope), of_reports(scope))


def _record(connection: Connection, scope: Scope) -> Record:
    return expected.record(connection, scope, of_findings(scope))


def _record_of_reports(connection: Connection, scope: Scope) -> Record:
    return expected.record(connection, scope, of_reports(scope))
