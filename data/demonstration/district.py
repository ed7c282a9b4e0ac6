"""The demonstration district: its units, all placeholders, and the period of its history."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from data.demonstration.book import Book
from data.demonstration.calendar import plus, years_before
from data.demonstration.size import PATTERN, Size
from data.demonstration.traits import CALLS_FOR_ACTION, TRAITS, Trait
from data.reference.lists import References
from models.grid import UnitKind

YEARS = 3
TURNS_OF_BATCH = 20
"""In a city each later batch is twenty times the first one."""
SILENT_DAYS = 200
"""How many days ago silent units were enrolled."""
ORDINALS = "一二三四五六七八"
STEMS = "甲乙丙丁戊"
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
GIVEN = "甲乙丙丁戊己庚辛壬癸"


@dataclass(frozen=True, slots=True)
class Group:
    """Units of one kind: the letters of their codes, the stem of their names, their sector."""

    letters: str
    stem: str
    marks: str
    kind: UnitKind
    sector: str
    under: str | None = None


GROUPS = (
    Group("JG", "区级机关", ORDINALS, UnitKind.AGENCY, "GOV"),
    Group("JD", "街道办事处", ORDINALS[:6], UnitKind.SUBDISTRICT, "STREET"),
    Group("JY", "教育单位", ORDINALS[:6], UnitKind.INSTITUTION, "EDU", "JG01"),
    Group("YL", "医疗单位", ORDINALS[:5], UnitKind.INSTITUTION, "HEALTH", "JG02"),
    Group("GQ", "区属国企", STEMS, UnitKind.SOE, "SOE"),
)
SECTORS = (
    ("GOV", "党政机关", "机关主管部门（占位）"),
    ("EDU", "教育", "教育主管部门（占位）"),
    ("HEALTH", "卫健", "卫健主管部门（占位）"),
    ("SOE", "国资", "国资主管部门（占位）"),
    ("STREET", "街道", "街道主管部门（占位）"),
)


@dataclass(frozen=True, slots=True)
class Member:
    """A unit: the values of its row, its visible traits, and its quality (0 to 1)."""

    place: int
    code: str
    name: str
    group: Group
    subdistrict: str
    parent: str | None
    batch: int
    enrolled_on: date
    traits: frozenset[Trait]
    quality: float

    @property
    def silent(self) -> bool:
        """Whether the unit has sent nothing."""
        return Trait.SILENT in self.traits

    @property
    def sound(self) -> bool:
        """Whether the unit has no trait that calls for action."""
        return not self.traits & CALLS_FOR_ACTION


class District:
    """The data shared by all parts of the history: period, units, lists and random numbers."""

    def __init__(self, last_day: date, size: Size, seed: int, references: References) -> None:
        self.last_day, self.size, self.references = last_day, size, references
        self.first_day = years_before(last_day, YEARS)
        self.book = Book()
        self._seed = seed
        self.members = tuple(self._members())
        self.heard = tuple(each for each in self.members if not each.silent)

    def chance(self, subject: str, code: str = "") -> random.Random:
        """The random generator for one subject and one unit; the same for the same seed."""
        return random.Random(f"{self._seed} {subject} {code}")

    def age(self, day: date) -> float:
        """The position of `day` in the history, from 0 to 1."""
        whole = (self.last_day - self.first_day).days
        return min(1.0, max(0.0, (day - self.first_day).days / whole))

    def _members(self) -> Iterator[Member]:
        subdistricts = list(self.references.codes["subdistricts"])
        chance = self.chance("units")
        pattern = [(group, mark) for group in GROUPS for mark in range(len(group.marks))]
        ranks = _ranks(chance, pattern)
        for place in range(self.size.units):
            turn, at = divmod(place, PATTERN)
            group, mark = pattern[at]
            first = _code(group, mark)
            traits = TRAITS.get(first, frozenset())
            joined = plus(self.first_day, chance.randrange(25))
            if Trait.SILENT in traits:
                joined = plus(self.last_day, -SILENT_DAYS)
            yield Member(
                place=place,
                code=first if not turn else f"{group.letters}{mark + 1:02}-{turn:02}",
                name=f"{group.stem}{group.marks[mark]}" + (f"（{turn}）" if turn else ""),
                group=group,
                subdistrict=subdistricts[place % len(subdistricts)],
                parent=group.under,
                batch=1 + -(-turn // TURNS_OF_BATCH),
                enrolled_on=joined,
                traits=traits,
                quality=ranks[at],
            )


def person(chance: random.Random) -> str:
    """A name that is obviously a placeholder."""
    return f"{chance.choice(SURNAMES)}某{chance.choice(GIVEN)}"


def _code(group: Group, mark: int) -> str:
    return f"{group.letters}{mark + 1:02}"


def _ranks(chance: random.Random, pattern: list[tuple[Group, int]]) -> list[float]:
    """The quality of each unit of the pilot: evenly spread, with units that need action in the
    lower half."""
    places = list(range(len(pattern)))
    chance.shuffle(places)

    def trouble(at: int) -> int:
        traits = TRAITS.get(_code(*pattern[at]), frozenset())
        return len(traits & CALLS_FOR_ACTION)

    ranks = [0.0] * len(pattern)
    for rank, at in enumerate(sorted(places, key=trouble, reverse=True)):
        ranks[at] = rank / (len(pattern) - 1)
    return ranks
