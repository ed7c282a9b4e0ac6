"""Funds and disposals, counted independently."""

from datetime import date, timedelta

from tests.oracle import forms
from tests.oracle.district import District, Row, by
from tests.oracle.forms import Form

KINDS = ("NEW_BOND", "ULTRA_LONG_BOND", "TWO_MAJOR", "TWO_NEW", "OTHER")
DISPOSALS = (
    "SMALL_WEAK",
    "NO_OPERATION",
    "SHELL",
    "INEFFICIENT",
    "ZOMBIE",
    "IDLE_POST",
    "IDLE_ASSET",
)
LONG = timedelta(90)


def figures(district: District, day: date, units: set[str]) -> dict[str, Form]:
    return {**_funds(district, day, units), **_disposals(district, day, units)}


def flowed(district: District, project: Row, stage: str, day: date, since: date = date.min) -> int:
    """The money of a project in `stage` from `since` to `day`, in 分."""
    flows = district.where("fund_flows", project=project["code"], stage=stage)
    return sum(flow["amount"] for flow in flows if since <= flow["on_date"] <= day)


def _funds(district: District, day: date, units: set[str]) -> dict[str, Form]:
    projects = district.of(units, "fund_projects")
    found: dict[str, Form] = {}
    for kind in ("", *KINDS):
        of_kind = [each for each in projects if kind in ("", each["kind"])]
        approved = sum(each["approved"] for each in of_kind if each["approved_on"] <= day)
        disbursed = sum(flowed(district, each, "DISBURSED", day) for each in of_kind)
        spent = sum(flowed(district, each, "SPENT", day) for each in of_kind)
        suffix = f":{kind}" if kind else ""
        found[f"fund_approved{suffix}"] = forms.money(approved)
        found[f"fund_disbursed{suffix}"] = forms.money(disbursed)
        found[f"fund_spent{suffix}"] = forms.money(spent)
        if not kind:
            found["disbursement_rate"] = forms.money_share(disbursed, approved)
            found["spending_rate"] = forms.money_share(spent, disbursed)
    found["fund_idle"] = forms.money(
        sum(
            max(
                0,
                flowed(district, each, "DISBURSED", day - LONG)
                - flowed(district, each, "SPENT", day),
            )
            for each in projects
        )
    )
    return found


def _disposals(district: District, day: date, units: set[str]) -> dict[str, Form]:
    found = [row for row in district.of(units, "disposals") if row["found_on"] <= day]
    done = [row for row in found if by(row["done_on"], day)]

    def rate(kind: str) -> Form:
        return forms.share(
            sum(kind in ("", row["kind"]) for row in done),
            sum(kind in ("", row["kind"]) for row in found),
        )

    return {
        "disposal_rate": rate(""),
        **{f"disposal_rate:{kind}": rate(kind) for kind in DISPOSALS},
        "disposals_late": forms.count(
            row for row in found if row["due_on"] < day and not by(row["done_on"], day)
        ),
        "posts_recovered": forms.number(
            sum(row["quantity"] for row in done if row["kind"] == "IDLE_POST")
        ),
        "assets_recovered": forms.money(sum(row["recovered"] or 0 for row in done)),
    }
