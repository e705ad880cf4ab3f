"""Put a session together: a warm-up, the main part, and a way to let go at the end."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import cycle, islice, zip_longest
from types import MappingProxyType
from typing import Final

from safetomove.core.chance import draw
from safetomove.core.doing.session import Item, MoveSession, Part
from safetomove.core.errors import BadInput, CoreError
from safetomove.core.safety import Clearance


class NotCleared(CoreError):
    """A session, like a dose, needs a clearance that covers the day."""


class NothingFits(CoreError):
    """No movement is left that surely fits this person."""


class BadLength(BadInput):
    """A session comes in the lengths of `SHAPES`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """How many movements of each part, and for how many seconds. Own rule, after one circuit.

    The times add up to the session's minutes; the last relaxation has no rest after it.
    """

    warm_up: int
    main: int
    relax: int
    work_s: int
    rest_s: int
    relax_s: int

    @property
    def seconds(self) -> int:
        """Return how long it all takes."""
        return (self.warm_up + self.main) * (self.work_s + self.rest_s) + self.relax * self.relax_s


SHAPES: Final = MappingProxyType(
    {
        5: Shape(warm_up=1, main=4, relax=1, work_s=40, rest_s=10, relax_s=50),
        10: Shape(warm_up=2, main=6, relax=1, work_s=45, rest_s=15, relax_s=120),
        20: Shape(warm_up=3, main=10, relax=1, work_s=60, rest_s=15, relax_s=225),
        40: Shape(warm_up=3, main=16, relax=2, work_s=75, rest_s=25, relax_s=250),
    }
)
FLARE_MINUTES: Final = 5  # smaller, not zero: own-rule
USUAL_MINUTES: Final = 10  # own-rule, for somebody with no plan in minutes
LEADS_IN: Final = (Part.MAIN, Part.WARM_UP, Part.RELAX)  # after a warm-up, where it can
LIKED_SHARE: Final = 0.5  # of the main part: the rest stays varied


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A movement that surely fits this person, and the parts it can play."""

    id: str
    family: str
    parts: frozenset[Part]
    levels: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What one session should be like.

    `seed` tells people apart, so that not everybody gets the same session on a day.
    `levels` is where each movement stood last time; `first` are ids of the person's own
    ladder, and `liked` what helps with the activities they chose; `lead` is what they asked
    to begin with; `eased` asks for the easiest level of all.
    """

    id: str
    minutes: int
    today: date
    seed: int = 0
    levels: Mapping[str, int] = field(default_factory=dict)
    first: Sequence[str] = ()
    liked: Sequence[str] = ()
    lead: str = ""
    eased: bool = False

    def __post_init__(self) -> None:
        if self.minutes not in SHAPES:
            raise BadLength(f"a session takes {', '.join(map(str, SHAPES))} minutes")


def plan_session(
    candidates: Iterable[Candidate], wish: Wish, *, clearance: Clearance | None
) -> MoveSession:
    """Compose the session of a day: the same arguments always give the same session.

    Refuses with NotCleared without a clearance for the day, NothingFits where a part of the
    session has no movement at all.
    """
    if clearance is None or not clearance.covers(wish.today):
        raise NotCleared("answer the safety questions before a session")
    shape, pool = SHAPES[wish.minutes], tuple(candidates)
    warm = _some(_led(Part.WARM_UP, _for(Part.WARM_UP, pool, wish), wish), shape.warm_up)
    left = [each for each in _for(Part.MAIN, pool, wish) if each not in warm]
    liked = _liked_first(left, wish, room=shape.main)
    main = _some(_led(Part.MAIN, liked, wish), shape.main)
    relax = _some(_led(Part.RELAX, _for(Part.RELAX, pool, wish), wish), shape.relax)
    items = (
        *(_item(each, Part.WARM_UP, wish, shape.work_s, shape.rest_s) for each in warm),
        *(_item(each, Part.MAIN, wish, shape.work_s, shape.rest_s) for each in main),
        *(_item(each, Part.RELAX, wish, shape.relax_s, 0) for each in relax),
    )
    return MoveSession(id=wish.id, day=wish.today, minutes=wish.minutes, items=items)


def offered_minutes(planned: Iterable[float], *, flare: bool) -> int:
    """Return the length that goes with the minutes of today's plan; a flare-up asks for little."""
    most = max(planned, default=None)
    if flare:
        return FLARE_MINUTES
    if most is None:
        return USUAL_MINUTES
    return max((minutes for minutes in SHAPES if minutes <= most), default=min(SHAPES))


def in_its_place(
    session: MoveSession, candidates: Iterable[Candidate], *, named: str
) -> Candidate | None:
    """Find what to swap the present item for: the one named, else kin, else any; never a twin."""
    at = session.at
    if at is None:
        return None
    item, used = session.items[at], {each.movement for each in session.items}
    pool = [each for each in candidates if each.id not in used and item.part in each.parts]
    family = next((each.family for each in candidates if each.id == item.movement), "")
    order = sorted(pool, key=lambda each: (each.id != named, each.family != family, each.id))
    return order[0] if order else None


def _for(part: Part, pool: Iterable[Candidate], wish: Wish) -> list[Candidate]:
    """Return a part's movements in the day's order, families taking turns."""
    families: dict[str, list[Candidate]] = {}
    for each in sorted(pool, key=lambda each: _lot(wish, part, each.id)):
        if part in each.parts:
            families.setdefault(each.family, []).append(each)
    order = sorted(families, key=lambda family: _lot(wish, part, family))
    rounds = zip_longest(*(families[family] for family in order))
    return [each for turn in rounds for each in turn if each is not None]


def _liked_first(pool: list[Candidate], wish: Wish, *, room: int) -> list[Candidate]:
    ladder = [each for each in pool if each.id in wish.first]
    helping = [each for each in pool if each.id in wish.liked and each not in ladder]
    liked = [*ladder, *helping][: int(room * LIKED_SHARE)]
    return [*liked, *(each for each in pool if each not in liked)]


def _led(part: Part, found: list[Candidate], wish: Wish) -> list[Candidate]:
    """Put what was asked for at the front of one part that it can play, and in no other."""
    lead = next((each for each in found if each.id == wish.lead), None)
    rest = [each for each in found if each is not lead]
    if lead is None or not rest:
        return found
    plays = next(each for each in LEADS_IN if each in lead.parts)
    return [lead, *rest] if part is plays else rest


def _some(pool: Sequence[Candidate], count: int) -> list[Candidate]:
    """Take so many; a short list goes round again."""
    if not pool:
        raise NothingFits("there is no movement yet that surely fits you")
    return list(islice(cycle(pool), count))


def _item(each: Candidate, part: Part, wish: Wish, work_s: int, rest_s: int) -> Item:
    reached = 1 if wish.eased else wish.levels.get(each.id, 1)
    level = min(max(reached, 1), each.levels)
    return Item(
        movement=each.id,
        level=level,
        levels=each.levels,
        part=part,
        work_s=work_s,
        rest_s=rest_s,
    )


def _lot(wish: Wish, part: Part, name: str) -> float:
    return draw(wish.seed, wish.today.isoformat(), part, name)
