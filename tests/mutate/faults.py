"""The faults that `make mutate` plants: small slips that change what a screen says."""

from dataclasses import dataclass

PAGES, DOCUMENTS = "tests/pages", "tests/dashboard/documents"


@dataclass(frozen=True)
class Fault:
    """A fault: in the file `path`, the text `right`, which occurs once, is replaced by `wrong`."""

    kind: str
    path: str
    right: str
    wrong: str
    tests: tuple[str, ...]
    """The tests that should fail."""


def _screen(kind: str, path: str, right: str, wrong: str, *tests: str) -> Fault:
    return Fault(
        kind, f"dashboard/screens/{path}", right, wrong, tuple(f"{PAGES}/{test}" for test in tests)
    )


def _document(kind: str, path: str, right: str, wrong: str, *tests: str) -> Fault:
    return Fault(
        kind,
        f"dashboard/documents/{path}",
        right,
        wrong,
        tuple(f"{DOCUMENTS}/{test}" for test in tests),
    )


RECTIFICATION, REPORTS = "test_rectification_shown.py", "test_reports.py"
RESPONSIBILITIES, DISPOSALS = "test_responsibilities.py", "test_disposals.py"
LIST = "test_list.py"
WALL = (f"{PAGES}/test_wall_order.py", f"{PAGES}/test_wall.py")
CHANGES = "test_changes.py"
STANDING, POSTS = "rectification/standing.py", "responsibilities/posts.py"
DATES = "rectification/dates.py"
OVERVIEW, ANSWERS = "test_overview.py", "test_unit_answers.py"
BRIEFING = "briefing/test_sentences.py", "briefing/test_document.py", "briefing/test_sources.py"

FAULTS = (
    # Rectification
    _screen(
        "numerator for denominator",
        DATES,
        'int(readings["overdue_original"].numerator or 0),\n            int(readings["overdue"]',
        'int(readings["overdue"].numerator or 0),\n            int(readings["overdue"]',
        RECTIFICATION,
    ),
    _screen(
        "order reversed",
        DATES,
        "key=lambda part: late[part][1] - late[part][0])",
        "key=lambda part: late[part][0] - late[part][1])",
        RECTIFICATION,
    ),
    _screen(
        "base rate for the chance",
        "rectification/outlook.py",
        '_("Chance"): [_said(each.shown)',
        '_("Chance"): [_said(each.chance.base if each.chance else None)',
        "test_outlook.py",
    ),
    _screen(
        "gravest last",
        STANDING,
        "return dict(reversed(some.items()))",
        "return dict(some.items())",
        RECTIFICATION,
    ),
    _screen(
        "most unrectified last",
        STANDING,
        "key=lambda each: -each[1][late]",
        "key=lambda each: each[1][late]",
        RECTIFICATION,
    ),
    _screen(
        "filter forgotten",
        DATES,
        "wanted = FindingFilter(moved=True)\n    sizes",
        "wanted = FindingFilter()\n    sizes",
        RECTIFICATION,
    ),
    _screen(
        "days counted the other way",
        DATES,
        "(view.as_of - line.finding.due_on).days",
        "(line.finding.due_on - view.as_of).days",
        RECTIFICATION,
    ),
    _screen(
        "original limit for the present one",
        DATES,
        '_("Present limit"): [line.standing.due for',
        '_("Present limit"): [line.finding.due_on for',
        RECTIFICATION,
    ),
    _screen(
        "off by one",
        "rectification/flow.py",
        "date(view.as_of.year - 1, 12, 31)",
        "date(view.as_of.year, 1, 1)",
        RECTIFICATION,
    ),
    _screen(
        "months in the wrong order",
        "rectification/flow.py",
        "latest = list(readings_by_day.items())[::-1]",
        "latest = list(readings_by_day.items())",
        RECTIFICATION,
    ),
    _screen(
        "opening and closing swapped",
        "rectification/flow.py",
        "opening=flow.opening,",
        "opening=flow.closing,",
        "test_rectification.py",
    ),
    # Ranking and lists
    _screen(
        "a tie not said",
        "ranking.py",
        'return _("{rank} tied", rank=rank) if place.tied else rank',
        "return rank",
        RECTIFICATION,
        REPORTS,
    ),
    _screen(
        "few cases not said",
        "ranking.py",
        "few = unit.place.basis is Basis.FEW",
        "few = unit.place.basis is Basis.RANKED",
        RECTIFICATION,
        REPORTS,
    ),
    _screen(
        "silence shown as zero",
        "ranking.py",
        "if unit.place.basis is not Basis.NOTHING])",
        "])",
        RECTIFICATION,
        REPORTS,
    ),
    Fault(
        "page counted from one",
        "dashboard/widgets/lists.py",
        "start = (page - 1) * PAGE",
        "start = page * PAGE",
        (f"{PAGES}/{LIST}",),
    ),
    _screen(
        "days overdue from the start of the fact",
        "listing_findings.py",
        "(view.as_of - line.row.due_on).days",
        "(view.as_of - line.row.since).days",
        LIST,
    ),
    _screen(
        "money in 分",
        "listing.py",
        "lambda line: int(line.row.value), lists.Kind.MONEY",
        "lambda line: int(line.row.value), lists.Kind.WHOLE",
        LIST,
    ),
    Fault(
        "another row is opened",
        "dashboard/widgets/lists.py",
        "onward=[onward(row) for row in rows] if onward else (),",
        "onward=[onward(row) for row in reversed(rows)] if onward else (),",
        (f"{PAGES}/{LIST}",),
    ),
    _screen(
        "unit for finding",
        "listing.py",
        "ways.finding_way(line.row.key)",
        "ways.unit_way(line.row.unit)",
        LIST,
    ),
    # Responsibilities
    _screen(
        "filled and owed swapped",
        POSTS,
        '"text": f"{counted.units}/{counted.of}"',
        '"text": f"{counted.of}/{counted.units}"',
        RESPONSIBILITIES,
    ),
    _screen(
        "latest vacancy for the first",
        POSTS,
        "return min(each.since for each in unit.vacancies)",
        "return max(each.since for each in unit.vacancies)",
        RESPONSIBILITIES,
    ),
    _screen(
        "filter forgotten",
        POSTS,
        "wanted = frozenset({PostRole(role)}) if role else frozenset(PostRole)",
        "wanted = frozenset(PostRole)",
        RESPONSIBILITIES,
    ),
    _screen(
        "every post counts as empty",
        POSTS,
        "sum(post.days_empty is not None for post in auditors)",
        "sum(post.days_empty is None for post in auditors)",
        RESPONSIBILITIES,
    ),
    _screen(
        "warned and not warned swapped",
        POSTS,
        "if post.level is None or not post.warned:",
        "if post.level is None or post.warned:",
        RESPONSIBILITIES,
    ),
    _screen(
        "yes for no",
        POSTS,
        'return _("yes") if full_time else _("no")',
        'return _("no") if full_time else _("yes")',
        RESPONSIBILITIES,
    ),
    # Reports
    _screen(
        "late and in time mixed up",
        "reports/submission.py",
        '"LATE": submitted - in_time,',
        '"LATE": due - submitted,',
        REPORTS,
    ),
    # Disposals, tasks
    Fault(
        "worst sign for the best",
        "dashboard/status.py",
        "DisposalState.LATE: Tone.BAD",
        "DisposalState.LATE: Tone.GOOD",
        (f"{PAGES}/{DISPOSALS}",),
    ),
    _screen(
        "numerator for denominator",
        "disposals.py",
        '(("FOUND", rate.denominator), ("DONE", rate.numerator))',
        '(("FOUND", rate.numerator), ("DONE", rate.denominator))',
        DISPOSALS,
    ),
    _screen(
        "filter forgotten",
        "disposals_listed.py",
        "reads.ask(disposals.count, view.scope, wanted)",
        "reads.ask(disposals.count, view.scope, DisposalFilter())",
        DISPOSALS,
    ),
    _screen(
        "value found for recovered",
        "disposals_listed.py",
        "recovered: [_money(line.recovered) for line in lines]",
        "recovered: [_money(line.value) for line in lines]",
        DISPOSALS,
    ),
    # What changed, meetings, wall
    _screen(
        "before and now swapped",
        "meeting/changes.py",
        '_("Grade before"), lambda each: each.graded.before',
        '_("Grade before"), lambda each: each.graded.now',
        CHANGES,
    ),
    _screen(
        "stale day",
        "meeting/changes.py",
        "movements = reads.movements(view.scope, view.before, SHOWN)",
        "movements = reads.movements(view.before, view.scope, SHOWN)",
        CHANGES,
    ),
    Fault(
        "better and worse swapped",
        "dashboard/change_words.py",
        "    if good:",
        "    if not good:",
        (f"{PAGES}/{CHANGES}",),
    ),
    *(
        Fault(
            kind,
            f"dashboard/wall/{path}",
            right,
            wrong,
            WALL,
        )
        for kind, path, right, wrong in (
            (
                "done late not counted",
                "decided.py",
                "done = counted[DecisionState.DONE_IN_TIME] + counted[DecisionState.DONE_LATE]",
                "done = counted[DecisionState.DONE_IN_TIME]",
            ),
            (
                "overdue decisions last",
                "decided.py",
                "key=lambda line: (order.index(line.state), line.due_on)",
                "key=lambda line: (-order.index(line.state), line.due_on)",
            ),
            (
                "fewest overdue first",
                "findings.py",
                "key=lambda code: -counted[code]",
                "key=lambda code: counted[code]",
            ),
            (
                "highest sector first",
                "slides.py",
                "lowest = sorted(shares, key=lambda code: (shares[code].exact, code))",
                "lowest = sorted(shares, key=lambda code: (-shares[code].exact, code))",
            ),
            (
                "decisions in the wrong order",
                "decided.py",
                "decision_lines(tuple(reversed(lines)), seen.names)",
                "decision_lines(tuple(lines), seen.names)",
            ),
            (
                "hidden name shown",
                "decided.py",
                "whose = names.of(line.unit, line.unit_name) if line.unit",
                "whose = line.unit_name if line.unit",
            ),
        )
    ),
    # Briefing
    _document(
        "original for present",
        "briefing/problems.py",
        'facts.append(phrase(message, n=figures("overdue_original")))',
        'facts.append(phrase(message, n=figures("overdue")))',
        *BRIEFING,
    ),
    _document(
        "fewest for most",
        "briefing/problems.py",
        "largest = max(figures.number",
        "largest = min(figures.number",
        *BRIEFING,
    ),
    _document(
        "numerator for what is missing",
        "briefing/problems.py",
        "n=figures(figure, part=Part.DIFFERENCE)",
        "n=figures(figure)",
        *BRIEFING,
    ),
    _document(
        "silent and green mixed up",
        "briefing/problems.py",
        "if unit.light is Light.GREY]",
        "if unit.light is Light.GREEN]",
        *BRIEFING,
    ),
    _document(
        "better for worse",
        "briefing/achievements.py",
        "_moved(figures, group, good=False, grave=grave)]",
        "_moved(figures, group, good=True, grave=grave)]",
        *BRIEFING,
    ),
    _document(
        "best and last swapped",
        "briefing/standing.py",
        "if unit.place.basis is Basis.RANKED][::-1]",
        "if unit.place.basis is Basis.RANKED]",
        *BRIEFING,
    ),
    _document(
        "more named than there is room for",
        "briefing/standing.py",
        "if sum(map(len, taken)) + len(group) > ENDS:",
        "if sum(map(len, taken)) >= ENDS:",
        *BRIEFING,
    ),
    _document(
        "wrong node",
        "briefing/standing.py",
        'return f"unit:{unit.unit.code}"',
        'return "district"',
        *BRIEFING,
    ),
    # Overview
    _screen(
        "rise for fall",
        "overview/summary.py",
        "tiles.counted_change(view, red, earlier, more_is_good=False)",
        "tiles.counted_change(view, earlier, red, more_is_good=False)",
        OVERVIEW,
    ),
    _screen(
        "shortest for longest",
        "overview/summary.py",
        "most = max(days.values())",
        "most = min(days.values())",
        OVERVIEW,
    ),
    _screen(
        "more red is good",
        "overview/blocks.py",
        "good = light is Light.GREEN",
        "good = light is not Light.GREEN",
        OVERVIEW,
    ),
    _screen(
        "lights of the day before",
        "overview/blocks.py",
        "now = reads.ask(units.lights, view.scope)",
        "now = reads.ask(units.lights, view.before)",
        OVERVIEW,
    ),
    Fault(
        "late in no colour",
        "dashboard/widgets/tiles.py",
        "if not is_late(figure, now):",
        "if is_late(figure, now):",
        (f"{PAGES}/{OVERVIEW}",),
    ),
    _screen(
        "colours swapped",
        "overview/rectified.py",
        "(status.lower(), PUBLIC_TONES[status])",
        "(status.lower(), PUBLIC_TONES[PublicStatus.RECTIFIED])",
        OVERVIEW,
    ),
    _screen(
        "band mixed up",
        "overview/rectified.py",
        'f"band{place}"',
        'f"band{3 - place}"',
        OVERVIEW,
    ),
    _screen(
        "fewest first",
        "overview/rectified.py",
        "key=lambda source: -counted[source]",
        "key=lambda source: counted[source]",
        OVERVIEW,
    ),
    _screen(
        "shortest overdue first",
        "unit_standing.py",
        "            -each.longest,\n",
        "            each.longest,\n",
        OVERVIEW,
    ),
    # Unit answers
    Fault(
        "due today counts as overdue",
        "dashboard/status.py",
        "if days_left < 0:\n        return Tone.BAD",
        "if days_left <= 0:\n        return Tone.BAD",
        (f"{PAGES}/{ANSWERS}",),
    ),
    _screen(
        "late counts as in time",
        "unit_answers.py",
        "if late > 0:",
        "if late > 3:",
        ANSWERS,
    ),
    _screen(
        "who left is still answerable",
        "unit_answers.py",
        'row["until_on"] >= day)',
        'row["until_on"] <= day)',
        ANSWERS,
    ),
    _screen(
        "earliest check for the latest",
        "unit_answers.py",
        'kept["checked_on"] < row["checked_on"]',
        'kept["checked_on"] > row["checked_on"]',
        ANSWERS,
    ),
    # Charts and statuses
    *(
        Fault(kind, path, right, wrong, (f"tests/dashboard/{test}",))
        for kind, path, right, wrong, test in (
            (
                "red and green swapped",
                "dashboard/charts/lights.py",
                '"RED": colours.red,',
                '"RED": colours.done,',
                "charts/test_colours.py",
            ),
            (
                "silence shown as green",
                "dashboard/charts/lights.py",
                '"GREY": colours.silence_edge,',
                '"GREY": colours.done,',
                "charts/test_colours.py",
            ),
            (
                "held and missed swapped",
                "dashboard/charts/outlook.py",
                '{"HELD": colours.done, "MISSED": colours.failing}',
                '{"HELD": colours.failing, "MISSED": colours.done}',
                "charts/test_colours.py",
            ),
            (
                "share one step too low",
                "dashboard/charts/status_colours.py",
                "sum(share >= limit",
                "sum(share > limit",
                "test_status_colours.py",
            ),
            (
                "silence and good swapped",
                "dashboard/status.py",
                "Light.GREY: Tone.SILENT,",
                "Light.GREY: Tone.GOOD,",
                "test_status_colours.py",
            ),
        )
    ),
    # Letters
    _document(
        "none late for some late",
        "letters/wording.py",
        "if draft.overdue == len(draft.findings):",
        "if draft.overdue:",
        "letters/test_document.py",
    ),
    _document(
        "thousand for ten thousand",
        "letters/wording.py",
        "MILLION = 100_000_000",
        "MILLION = 10_000_000",
        "letters/test_document.py",
    ),
    _document(
        "day of the letter for the limit",
        "letters/wording.py",
        'marked(f"due_{number}", finding.due.isoformat())',
        'marked(f"due_{number}", finding.issued_on.isoformat())',
        "letters/test_document.py",
        "letters/test_checking.py",
    ),
    Fault(
        "a reply due today is late",
        "data/letters/sent.py",
        "self.reply_by < day",
        "self.reply_by <= day",
        ("tests/data/letters/test_sent.py",),
    ),
    Fault(
        "answered first",
        "data/letters/sent.py",
        "return not sent.is_late(day), not sent.waits, order, sent.number",
        "return sent.is_late(day), sent.waits, order, sent.number",
        ("tests/data/letters/test_sent.py",),
    ),
    # Slides
    _document(
        "numerator for what is missing",
        "slides/headlines.py",
        "return reading.short, reading.denominator",
        "return int(reading.numerator), reading.denominator",
        "slides/test_headlines.py",
    ),
    _document(
        "up for down",
        "slides/headlines.py",
        "if last.exact > first.exact:",
        "if last.exact < first.exact:",
        "slides/test_headlines.py",
    ),
    _document(
        "yellow units called red",
        "slides/headlines.py",
        '"{red} units red, {overdue} findings overdue",\n        red=lights.get(Light.RED, 0)',
        '"{red} units red, {overdue} findings overdue",\n        red=lights.get(Light.YELLOW, 0)',
        "slides/test_headlines.py",
    ),
    # Outlook
    Fault(
        "least likely first",
        "data/outlook/expected.py",
        "return -(each.shown or 0), -each.limit.at_stake",
        "return (each.shown or 0), -each.limit.at_stake",
        ("tests/data/outlook/test_expected.py",),
    ),
    Fault(
        "a limit of today has passed",
        "data/outlook/open_limits.py",
        "if scope.as_of <= due < until:\n",
        "if scope.as_of < due < until:\n",
        ("tests/data/outlook/test_expected.py",),
    ),
    Fault(
        "one day too many",
        "data/outlook/expected.py",
        "falling = [each for each in ahead if each.limit.due < until]",
        "falling = [each for each in ahead if each.limit.due <= until]",
        ("tests/data/outlook/test_expected.py",),
    ),
    # Trust
    Fault(
        "some for all",
        "models/rules/trust.py",
        "every_unit=self.in_last_year == self.owing",
        "every_unit=self.ever == self.owing",
        ("tests/models/rules/test_trust.py",),
    ),
    Fault(
        "signs swapped",
        "models/rules/trust.py",
        'Trust.PARTIAL: "◐", Trust.UNKNOWN: "○"',
        'Trust.PARTIAL: "○", Trust.UNKNOWN: "◐"',
        ("tests/models/rules/test_trust.py", f"{PAGES}/test_trust_in_figures.py"),
    ),
    # Inbox
    Fault(
        "returned counts as in",
        "data/collection/inbox.py",
        "IN = frozenset({Arrival.SENT, Arrival.TAKEN_IN})",
        "IN = frozenset({Arrival.SENT, Arrival.TAKEN_IN, Arrival.RETURNED})",
        ("tests/data/collection/test_inbox.py",),
    ),
    Fault(
        "late a day too early",
        "data/collection/inbox.py",
        "over = max((day - due_on).days, 0)",
        "over = max((day - due_on).days + 1, 0)",
        ("tests/data/collection/test_inbox.py",),
    ),
    _screen(
        "clean for faulty",
        "collection/inbox.py",
        "key=lambda each: (each.clean, -each.faults)",
        "key=lambda each: (not each.clean, -each.faults)",
        "test_inbox.py",
    ),
    _screen(
        "late ones not red",
        "collection/inbox.py",
        "matters.piece(months.said_late(each), Tone.BAD, _way(each.period))",
        "matters.piece(months.said_late(each), Tone.GOOD, _way(each.period))",
        "test_inbox.py",
    ),
    # Access
    Fault(
        "a manager issues letters",
        "data/access/permission.py",
        "Role.MANAGER: frozenset({Action.SEE, Action.EXPORT, Action.COLLECT}),",
        "Role.MANAGER: frozenset({Action.SEE, Action.EXPORT, Action.COLLECT, Action.ISSUE}),",
        (f"{PAGES}/test_letters.py", "tests/data/letters/test_issuing.py"),
    ),
    Fault(
        "who has no grant sees all",
        "data/access/permission.py",
        "units = codes if kind is GrantKind.UNIT else None",
        "units = (codes or None) if kind is GrantKind.UNIT else None",
        ("tests/data/access/test_permission.py",),
    ),
    Fault(
        "an administrator sees data",
        "data/access/permission.py",
        "Role.LOG_ADMIN: frozenset({Action.READ_LOG})",
        "Role.LOG_ADMIN: frozenset({Action.READ_LOG, Action.SEE})",
        ("tests/data/access/test_permission.py",),
    ),
)
