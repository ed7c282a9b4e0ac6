"""Figures of audit work and the mechanisms around it."""

from data.figures.catalogue.figure import Better, Bucket, Figure, Quantity, Way
from models.rules.known import CONTENT_CHECKS, GUIDANCE, RATINGS
from models.text import N_, Label

AUDIT = N_("Audit work")
MECHANISMS = N_("Six mechanisms")
GRADES = ("5A", "4A", "3A", "2A", "1A", "0A")
_BY_GRADE = (
    *(Bucket(grade, Label(grade, grade)) for grade in GRADES),
    Bucket("UNRATED", Label("未评级", "Unrated")),
)

FIGURES = (
    Figure(
        id="projects_running",
        subject=AUDIT,
        name=N_("Projects running"),
        definition=N_("Audit projects started and not yet completed."),
        formula=N_("number of projects started by D and not completed by D"),
        way=Way.COUNT,
        numerator=("project_running",),
    ),
    Figure(
        id="plan_completion",
        subject=AUDIT,
        name=N_("Plan completed"),
        definition=N_("Of the projects planned in the last year, those completed."),
        formula=N_("projects planned in the last year and completed ÷ projects planned"),
        way=Way.SHARE,
        numerator=("project_completed",),
        denominator=("project_planned",),
        better=Better.HIGHER,
    ),
    Figure(
        id="content_coverage",
        subject=AUDIT,
        name=N_("Content coverage"),
        definition=N_(
            "Pairs of a unit and a content item with any check in the last year, also one that "
            "says not applicable."
        ),
        formula=N_("pairs checked in the last year ÷ units in the grid × items"),
        way=Way.SHARE,
        numerator=("content_covered",),
        denominator=("content_pair",),
        better=Better.HIGHER,
        listed_buckets="content_items",
        paired_by=("unit", "bucket"),
        known_by=CONTENT_CHECKS,
    ),
    Figure(
        id="content_problems",
        subject=AUDIT,
        name=N_("Content items with problems"),
        definition=N_("Pairs of a unit and a content item whose latest check found a problem."),
        formula=N_("number of pairs whose latest check of the last year says problem"),
        way=Way.COUNT,
        numerator=("content_problem",),
        better=Better.LOWER,
        known_by=CONTENT_CHECKS,
    ),
    Figure(
        id="cross_review_completion",
        subject=MECHANISMS,
        name=N_("Cross reviews completed"),
        definition=N_(
            "Of the cross reviews due in the last year, those completed; the reviewing unit owes "
            "them."
        ),
        formula=N_("cross reviews completed ÷ cross reviews due in the last year"),
        way=Way.SHARE,
        numerator=("cross_review_done",),
        denominator=("cross_review_due",),
        better=Better.HIGHER,
    ),
    Figure(
        id="self_check_gap",
        subject=MECHANISMS,
        name=N_("Self-check gap"),
        definition=N_(
            "Items that a unit's own check called normal and a cross review called a problem."
        ),
        formula=N_("normal by self-check and problem by cross review ÷ normal and cross reviewed"),
        way=Way.SHARE,
        numerator=("self_check_untrue",),
        denominator=("self_check_compared",),
        better=Better.LOWER,
    ),
    Figure(
        id="guidance_coverage",
        subject=MECHANISMS,
        name=N_("Units guided"),
        definition=N_("Units guided in the last year by their department or the audit bureau."),
        formula=N_("units guided in the last year ÷ units in the grid"),
        way=Way.SHARE,
        numerator=("guided",),
        denominator=("member",),
        better=Better.HIGHER,
        known_by=GUIDANCE,
    ),
    Figure(
        id="rating",
        subject=MECHANISMS,
        name=N_("Units by 0-5A rating"),
        definition=N_(
            "Units by the grade of their latest rating; a veto is 0A, no rating a class."
        ),
        formula=N_("number of units in each grade"),
        way=Way.COUNT,
        numerator=("rating",),
        buckets=_BY_GRADE,
        only_buckets=True,
        known_by=RATINGS,
    ),
    Figure(
        id="rating_3a",
        subject=MECHANISMS,
        name=N_("Rated 3A or better"),
        definition=N_("Units rated 3A, 4A or 5A out of all that are rated."),
        formula=N_("units rated 3A or better ÷ rated units"),
        way=Way.SHARE,
        numerator=("rated",),
        denominator=("rated",),
        within=("5A", "4A", "3A"),
        better=Better.HIGHER,
        known_by=RATINGS,
    ),
    Figure(
        id="assessment_mean",
        subject=MECHANISMS,
        name=N_("Performance assessment"),
        definition=N_(
            "Points of each unit's latest assessed year in percent of full points, mean."
        ),
        formula=N_("sum of 100 × points ÷ full points over units ÷ number of assessed units"),
        way=Way.RATIO_MEAN,
        quantity=Quantity.POINTS,
        numerator=("assessment",),
        denominator=("assessment",),
        better=Better.HIGHER,
    ),
)
