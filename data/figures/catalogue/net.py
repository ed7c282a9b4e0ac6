"""Figures of the supervision net (一张网) and the two responsible subjects (两个主体)."""

from data.figures.catalogue.figure import Better, Bucket, Figure, Quantity, Way, buckets_by
from models.grid import Element
from models.rules.known import APPOINTMENTS, GRID_ELEMENTS, INSTITUTIONS
from models.text import N_, Label

NET = N_("One net")
SUBJECTS = N_("Two responsible subjects")
_BY_SUBJECT = (
    Bucket("PRINCIPAL", Label("主要负责人", "Principals")),
    Bucket("AUDITOR", Label("内审人员", "Internal auditors")),
)

FIGURES = (
    Figure(
        id="units",
        subject=NET,
        name=N_("Units in the grid"),
        definition=N_("Units that ought to be in the grid: enrolled and not yet withdrawn."),
        formula=N_("number of units with enrolled on ≤ D < withdrawn on"),
        way=Way.COUNT,
        numerator=("member",),
    ),
    Figure(
        id="grid_coverage",
        subject=NET,
        name=N_("Grid coverage"),
        definition=N_("Units with all four grid elements in force, out of the units in the grid."),
        formula=N_("units with all four elements ÷ units in the grid"),
        way=Way.SHARE,
        numerator=("grid_complete",),
        denominator=("member",),
        bucket_measures=("grid_element",),
        whole_denominator=True,
        better=Better.HIGHER,
        buckets=buckets_by(Element),
        known_by=GRID_ELEMENTS,
    ),
    Figure(
        id="dual_responsibility",
        subject=SUBJECTS,
        name=N_("Both subjects in post"),
        definition=N_("Units with a principal and an internal auditor in post."),
        formula=N_("units with both in post ÷ units in the grid"),
        way=Way.SHARE,
        numerator=("dual_responsibility",),
        denominator=("member",),
        better=Better.HIGHER,
        known_by=APPOINTMENTS,
    ),
    Figure(
        id="institution_rate",
        subject=SUBJECTS,
        name=N_("Independent institutions"),
        definition=N_("Units with an independent internal audit institution."),
        formula=N_("units with an independent institution ÷ units in the grid"),
        way=Way.SHARE,
        numerator=("institution",),
        denominator=("member",),
        better=Better.HIGHER,
        known_by=INSTITUTIONS,
    ),
    Figure(
        id="group_rate",
        subject=SUBJECTS,
        name=N_("Complete audit groups"),
        definition=N_(
            "Units whose internal audit group has its leader and all four functions in post."
        ),
        formula=N_("units with a complete group ÷ units in the grid"),
        way=Way.SHARE,
        numerator=("group",),
        denominator=("member",),
        better=Better.HIGHER,
        known_by=APPOINTMENTS,
    ),
    Figure(
        id="chief_auditor_rate",
        subject=SUBJECTS,
        name=N_("Chief auditors in post"),
        definition=N_("State firms with a chief auditor in post."),
        formula=N_("state firms with a chief auditor ÷ state firms in the grid"),
        way=Way.SHARE,
        numerator=("chief_auditor",),
        denominator=("state_firm",),
        better=Better.HIGHER,
        known_by=APPOINTMENTS,
    ),
    Figure(
        id="duty_rate",
        subject=SUBJECTS,
        name=N_("Duties done"),
        definition=N_("Of the duties due in the last year, those done by the day, by weight."),
        formula=N_("weight of duties done ÷ weight of duties due in the last year"),
        way=Way.SHARE,
        quantity=Quantity.WEIGHT,
        numerator=("duty_done",),
        denominator=("duty_due",),
        better=Better.HIGHER,
        buckets=_BY_SUBJECT,
    ),
    Figure(
        id="duty_on_time",
        subject=SUBJECTS,
        name=N_("Duties done in time"),
        definition=N_(
            "Of the duties due in the last year, those done by their due day, by weight."
        ),
        formula=N_("weight of duties done in time ÷ weight of duties due in the last year"),
        way=Way.SHARE,
        quantity=Quantity.WEIGHT,
        numerator=("duty_on_time",),
        denominator=("duty_due",),
        better=Better.HIGHER,
        buckets=_BY_SUBJECT,
    ),
)
