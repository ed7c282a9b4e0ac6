"""Figures of the district's own work: tasks, training, meetings."""

from data.figures.catalogue.figure import Better, Figure, Quantity, Way, buckets_by
from models.rules.known import ATTENDANCE
from models.text import N_
from models.work import MeetingKind

WORK = N_("Tasks and meetings")

FIGURES = (
    Figure(
        id="task_progress",
        subject=WORK,
        name=N_("Progress of key tasks"),
        definition=N_("Latest progress of the key tasks that have begun, mean; none entered is 0."),
        formula=N_("sum of progress ÷ number of tasks begun"),
        way=Way.MEAN,
        quantity=Quantity.PERCENT,
        numerator=("task",),
        denominator=("task",),
        better=Better.HIGHER,
        district=True,
    ),
    Figure(
        id="tasks_late",
        subject=WORK,
        name=N_("Late key tasks"),
        definition=N_("Key tasks whose time is over and that are not at 100 %."),
        formula=N_("number of tasks with due day < D and progress < 100 %"),
        way=Way.COUNT,
        numerator=("task_late",),
        better=Better.LOWER,
        district=True,
    ),
    Figure(
        id="training_coverage",
        subject=WORK,
        name=N_("Units trained"),
        definition=N_("Units that sent people to a training in the last year."),
        formula=N_("units that attended in the last year ÷ units in the grid"),
        way=Way.SHARE,
        numerator=("trained",),
        denominator=("member",),
        better=Better.HIGHER,
        known_by=ATTENDANCE,
    ),
    Figure(
        id="training_people",
        subject=WORK,
        name=N_("People trained"),
        definition=N_("People at trainings and contests of the last year; each attendance counts."),
        formula=N_("sum of people of the last year"),
        way=Way.SUM,
        quantity=Quantity.PEOPLE,
        numerator=("training_people",),
        better=Better.HIGHER,
        known_by=ATTENDANCE,
    ),
    Figure(
        id="meetings_held",
        subject=WORK,
        name=N_("Meetings held"),
        definition=N_("Committee meetings, special meetings and study sessions held so far."),
        formula=N_("number of meetings with date ≤ D"),
        way=Way.COUNT,
        numerator=("meeting",),
        buckets=buckets_by(MeetingKind),
        district=True,
    ),
    Figure(
        id="decisions_done",
        subject=WORK,
        name=N_("Decisions carried out"),
        definition=N_("Of the decisions that are due, those carried out."),
        formula=N_("decisions due and done by D ÷ decisions due by D"),
        way=Way.SHARE,
        numerator=("decision_done",),
        denominator=("decision_due",),
        better=Better.HIGHER,
        district=True,
    ),
)
