"""The pages in the order of the menu, and who may open them. A new page must be listed here."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from data.access.permission import Action, Viewer
from models.account import Role
from models.text import N_

FOLDER = Path(__file__).parent.parent / "pages"
ADMINISTRATION = frozenset({Action.MANAGE_ACCOUNTS, Action.MANAGE_GRANTS, Action.READ_LOG})

MAIN, MEETING, DATA = "", N_("Meeting"), N_("Data")


@dataclass(frozen=True, slots=True)
class PageEntry:
    """A page. Any of the rights in `needs` opens it; without `needs` it is open to all."""

    name: str
    """The name of its file in pages/, and its path in the address."""
    title: str
    group: str = MAIN
    needs: frozenset[Action] = frozenset({Action.SEE})
    in_menu: bool = True
    """Whether it is in the menu; other pages are reached by links."""
    menu_of: frozenset[Role] | None = None
    """The roles whose menu shows it; None for all."""
    belongs_to: str | None = None
    """The page highlighted in the menu while this one is open; "" for the page before."""

    @property
    def script(self) -> Path:
        """The path of its script."""
        return FOLDER / f"{self.name}.py"

    def listed_for(self, viewer: Viewer) -> bool:
        """Whether the menu of `viewer` shows the page."""
        return self.in_menu and (self.menu_of is None or viewer.role in self.menu_of)

    def open_to(self, viewer: Viewer) -> bool:
        """Whether `viewer` may see the page."""
        return not self.needs or any(viewer.may(action) for action in self.needs)


PAGES = (
    PageEntry("duties", N_("My duties"), menu_of=frozenset({Role.UNIT})),
    PageEntry("my_units", N_("My units"), menu_of=frozenset({Role.MANAGER})),
    PageEntry("overview", N_("Overview")),
    PageEntry("coverage", N_("One net")),
    PageEntry("responsibilities", N_("Two responsibilities")),
    PageEntry("reports", N_("Four reports")),
    PageEntry("rectification", N_("Rectification")),
    PageEntry("mechanisms", N_("Six mechanisms")),
    PageEntry("tasks", N_("Key tasks")),
    PageEntry("funds", N_("Major funds")),
    PageEntry("disposals", N_("Disposals")),
    PageEntry("unit", N_("Unit profile")),
    PageEntry("meeting", N_("Meetings"), MEETING),
    PageEntry("changes", N_("Since the last meeting"), MEETING),
    PageEntry("late", N_("Entered since"), MEETING),
    PageEntry("briefing", N_("Briefing"), MEETING),
    PageEntry("letters", N_("Letters"), MEETING),
    PageEntry("inbox", N_("Inbox"), DATA, needs=frozenset({Action.COLLECT})),
    PageEntry("data", N_("Data"), DATA),
    PageEntry("definitions", N_("Definitions"), DATA),
    PageEntry(
        "administration",
        N_("Administration"),
        needs=ADMINISTRATION,
    ),
)

LIST = PageEntry("list", N_("List"), in_menu=False, belongs_to="")
"""The rows behind a figure; reached from a figure."""
FINDING = PageEntry("finding", N_("Finding"), in_menu=False, belongs_to="rectification")
"""One finding with its history; reached from a list."""
SENT = PageEntry(
    "sent",
    N_("Sent file"),
    needs=frozenset({Action.COLLECT}),
    in_menu=False,
    belongs_to="inbox",
)
"""A file that a unit sent; reached from the inbox."""
SEARCH = PageEntry("search", N_("Search"), in_menu=False)
"""The results of a search; reached from the search box at the top."""
PASSWORD = PageEntry("password", N_("Change the password"), needs=frozenset(), in_menu=False)
"""Open to everybody who is signed in; reached from the account menu."""
SECOND_FACTOR = PageEntry("second_factor", N_("Second factor"), needs=frozenset(), in_menu=False)
"""The viewer's authenticator; reached from the account menu."""
SIGN_INS = PageEntry("sign_ins", N_("My sign-ins"), needs=frozenset(), in_menu=False)
"""The browsers in which the viewer is signed in; reached from the account menu."""
WALL = PageEntry("wall", N_("Wall screen"), in_menu=False, belongs_to="meeting")
"""A meeting's agenda on a large screen; reached from the page of the meeting."""
ALL_PAGES = (*PAGES, LIST, FINDING, SENT, SEARCH, PASSWORD, SECOND_FACTOR, SIGN_INS, WALL)


def page_entry(name: str) -> PageEntry:
    """The page with this name."""
    return next(entry for entry in ALL_PAGES if entry.name == name)


BEGINS: Mapping[Role, str] = {
    Role.UNIT: "duties",
    Role.MANAGER: "my_units",
    Role.STEWARD: "inbox",
    Role.COMMITTEE: "meeting",
}
"""The first page of a role; other roles start on the first page of their menu."""


def first_open_to(viewer: Viewer) -> PageEntry | None:
    """The page on which `viewer` starts; None for a viewer without any rights."""
    begins = BEGINS.get(viewer.role) if viewer.role else None
    if begins:
        return page_entry(begins)
    return next((each for each in PAGES if each.open_to(viewer) and each.listed_for(viewer)), None)
