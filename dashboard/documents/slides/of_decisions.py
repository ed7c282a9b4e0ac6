"""The slides of decisions: those of the last meeting, those to take, those taken."""

from collections.abc import Sequence
from dataclasses import replace

from dashboard import matter_words
from dashboard.documents.slides import headlines
from dashboard.documents.slides.deck import Table
from dashboard.documents.slides.slide_data import MOST_ROWS, Content, SlideData
from dashboard.i18n import _, name, say
from dashboard.status import DECISION_TONES
from data.meetings import drafts, held
from data.meetings.drafts import Draft
from data.meetings.held import DecisionLine, MeetingLine
from data.nodes import DISTRICT, Node
from models.work import DecisionState


def opening_slide(slide_data: SlideData) -> Content:
    """The decisions of the committee's last meeting, those not carried out first."""
    day = slide_data.meeting.on_date if slide_data.meeting else slide_data.day
    before = held.committee_before(slide_data.connection, slide_data.scope, day)
    if before is None:
        return (), None, ""
    decisions = held.decided_by(slide_data.connection, slide_data.scope, before.code)
    order = list(DecisionState)
    worst = sorted(decisions, key=lambda line: (order.index(line.state), line.due_on))
    return (), _decided(worst), headlines.of_decisions(decisions)


def decisions_slide(slide_data: SlideData) -> Content:
    """The decisions of this meeting."""
    if slide_data.meeting is None:
        return (), None, ""
    return (
        (),
        _decided(held.decided_by(slide_data.connection, slide_data.scope, slide_data.meeting.code)),
        "",
    )


def _decided(decisions: Sequence[DecisionLine]) -> Table | None:
    shown = decisions[:MOST_ROWS]
    if not shown:
        return None
    return Table(
        (_("Standing"), _("Decision"), _("Unit"), _("Time limit")),
        tuple(
            (
                name(line.state.label),
                line.text,
                line.unit_name or _("District"),
                line.due_on.isoformat(),
            )
            for line in shown
        ),
        (14, 50, 20, 16),
        tuple(DECISION_TONES[line.state] for line in shown),
    )


def to_decide_slide(slide_data: SlideData) -> Content:
    """The matters that ask for a decision, each with a draft of it, who answers for it and by
    when."""
    drafts_to_decide = drafts.drafts(slide_data.connection, slide_data.scope)
    if not drafts_to_decide:
        return (), None, ""
    meeting = held.committee_next(slide_data.connection, slide_data.scope.at(Node(DISTRICT)))
    table = Table(
        (
            _("Matter"),
            _("Units concerned"),
            _("Rule"),
            _("Draft decision"),
            _("By whom · by when"),
        ),
        tuple(
            (
                _with_meeting(draft),
                _(", ").join(draft.units) or _("District"),
                _(draft.matter.rule),
                say(draft.words),
                _("; ").join(_by_whom(draft, slide_data, meeting)),
            )
            for draft in drafts_to_decide
        ),
        (22, 13, 18, 27, 20),
        tuple(matter_words.status_of(draft.matter).tone for draft in drafts_to_decide),
    )
    return (), table, headlines.of_matters(len(drafts_to_decide))


def _by_whom(draft: Draft, slide_data: SlideData, meeting: MeetingLine | None) -> tuple[str, ...]:
    """Who has to do what is next about a matter, and until when, or that this is past today."""
    day = slide_data.day
    done = matter_words.next_of(draft, day, meeting)
    return replace(done, what="").pieces(day, slide_data.today) if done else ()


def _with_meeting(draft: Draft) -> str:
    """What a matter is, with the meeting that it was put to before."""
    what = matter_words.what_of(draft)
    return _("; ").join([what, matter_words.put_of(draft.put)]) if draft.put else what
