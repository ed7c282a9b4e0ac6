"""Meetings as days to compare with."""

from datetime import date

from sqlalchemy import Connection, func, select
from sqlmodel import col

from models.work import Meeting, MeetingKind


def last_before(connection: Connection, day: date) -> date | None:
    """The day of the last meeting of the audit committee before `day`; None before the first."""
    return connection.scalar(
        select(func.max(col(Meeting.on_date))).where(
            col(Meeting.kind) == MeetingKind.COMMITTEE, col(Meeting.on_date) < day
        )
    )
