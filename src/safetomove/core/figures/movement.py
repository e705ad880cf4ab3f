"""A movement as data: key poses, what is around the body, and the levels."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

from safetomove.core.errors import BadInput
from safetomove.core.figures.body import HIP_HALF, SHOULDER_HALF, Limb

Triple = tuple[float, float, float]
STILL: Final = (0.0, 0.0, 0.0)
LEAST_LEVELS: Final = 3


class BadMovement(BadInput):
    """A movement's data can't be drawn; the message names the movement and what is wrong."""


class View(StrEnum):
    """Where the onlooker stands; ABOVE looks down at a person who lies."""

    SIDE = "side"
    FRONT = "front"
    ABOVE = "above"
    PLAN = "plan"

    @property
    def front(self) -> bool:
        """Say whether the chest is seen broad."""
        return self in (View.FRONT, View.ABOVE)

    @property
    def from_above(self) -> bool:
        """Say whether the floor lies behind the whole picture."""
        return self in (View.ABOVE, View.PLAN)


class Way(StrEnum):
    """How the poses follow each other."""

    THERE_AND_BACK = "there-and-back"
    LOOP = "loop"


class Anchor(StrEnum):
    """The point of the body that a pose's `at` places."""

    HIPS = "hips"
    KNEES = "knees"
    UPPER_BACK = "upper-back"


class On(StrEnum):
    """What a hand or foot rests on; places in the world, then places on the body."""

    FREE = ""
    FLOOR = "floor"
    AIR = "air"
    THING = "thing"
    THIGH = "thigh"
    SHIN = "shin"
    HIP = "hip"
    CHEST = "chest"
    HEAD = "head"

    @property
    def on_body(self) -> bool:
        """Say whether the place moves with the person."""
        return self in (On.THIGH, On.SHIN, On.HIP, On.CHEST, On.HEAD)


@dataclass(frozen=True, slots=True, kw_only=True)
class LimbPose:
    """One arm or leg: free (angles), or reaching for a place (`on` and `at`).

    `up` is forward, `out` sideways, `bend` at the knee or elbow; `low_up` and `low_out` set the
    shin or forearm outright. `point` tips the foot or hand (0 is level), `curl` bends the wrist.
    `at` is x, height and distance from the middle; on a thigh or shin, the share along the bone
    and the distance off it. `pole` turns the knee or elbow around the line of reach,
    `pole_out` brings it further out.
    """

    on: On = On.FREE
    up: float = 0.0
    out: float = 0.0
    bend: float = 0.0
    low_up: float | None = None
    low_out: float | None = None
    curl: float = 12.0
    point: float | None = None
    at: Triple = STILL
    pole: float = 0.0
    pole_out: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Pose:
    """One key pose. `move` is seconds from the pose before, `hold` seconds at rest in it."""

    id: str
    move: float = 1.5
    hold: float = 0.0
    show: bool = True
    balance: bool = False
    at: Triple = STILL
    pelvis: Triple = STILL
    lumbar: Triple = STILL
    thorax: Triple = STILL
    neck: Triple = STILL
    shrug: float = 0.0
    belly: float = 0.0
    limbs: Mapping[Limb, LimbPose] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if set(self.limbs) != set(Limb):
            raise BadMovement(f"pose {self.id} leaves a limb unsaid")
        if self.move <= 0 or self.hold < 0:
            raise BadMovement(f"pose {self.id} takes no time, or less")


class PropKind(StrEnum):
    """What may be around the body."""

    ARROW = "arrow"
    BAG = "bag"
    BALL = "ball"
    BAND = "band"
    BAR = "bar"
    BENCH = "bench"
    BOX = "box"
    BREATH = "breath"
    BUNDLE = "bundle"
    CHAIR = "chair"
    CUP = "cup"
    MAT = "mat"
    PATH = "path"
    SHELF = "shelf"
    SLED = "sled"
    STEP = "step"
    STICK = "stick"
    TABLE = "table"
    TOWER = "tower"
    WALL = "wall"
    WEIGHT = "weight"


@dataclass(frozen=True, slots=True, kw_only=True)
class Prop:
    """A thing: where it lies, how large it is, and which part of the body moves it, if any."""

    kind: PropKind
    at: tuple[float, float] = (0.0, 0.0)
    to: tuple[float, float] = (0.0, 0.0)
    size: tuple[float, float] = (0.0, 0.0)
    by: str = ""
    pull: float = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One level of a movement, with every pose filled in; its own view, where it needs one."""

    poses: tuple[Pose, ...]
    props: tuple[Prop, ...] = ()
    view: View | None = None
    words: str = ""

    def __post_init__(self) -> None:
        ids = [pose.id for pose in self.poses]
        if len(ids) < 2 or len(set(ids)) != len(ids):
            raise BadMovement("a level needs two poses or more, each with its own id")


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who is drawn: build and looks. `broad` widens trunk and limbs; colours are CSS colours."""

    id: str
    broad: float
    hair: str
    sleeve: str
    colours: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Figure:
    """A movement that can be drawn. Its title, and the words of a level, come from content.

    `telling` names the pose that says most; "" leaves it to the far end, or the longest hold.
    """

    id: str
    family: str
    view: View
    way: Way
    anchor: Anchor
    person: Person
    by_level: tuple[Level, ...]
    title: str = ""
    telling: str = ""

    def __post_init__(self) -> None:
        if len(self.by_level) < LEAST_LEVELS:
            raise BadMovement(f"{self.id} has fewer than {LEAST_LEVELS} levels")

    @property
    def levels(self) -> tuple[int, ...]:
        """Number the levels from 1, the easiest."""
        return tuple(range(1, len(self.by_level) + 1))

    @property
    def props(self) -> tuple[str, ...]:
        """Name each kind of thing that some level needs, without drawn cues."""
        cues = {PropKind.ARROW, PropKind.BREATH, PropKind.PATH}
        found = {prop.kind for level in self.by_level for prop in level.props} - cues
        return tuple(sorted(found))

    def level(self, number: int) -> Level:
        """Return a level by its number or refuse."""
        if number not in self.levels:
            raise BadMovement(f"{self.id} has no level {number}")
        return self.by_level[number - 1]

    def seen_at(self, number: int) -> "Figure":
        """Return the movement as this level is seen: most often as it is."""
        own = self.level(number).view
        return self if own in (None, self.view) else replace(self, view=own)


def half_width(limb: Limb) -> float:
    """Return how far from the middle a limb starts."""
    return HIP_HALF if limb.is_leg else SHOULDER_HALF


def nearer(pose: Pose, home: Pose, share: float) -> Pose:
    """Go only a share of the way from the home pose to this one: a smaller range.

    A limb is brought nearer where both poses leave it free, or rest it on the same thing.
    """

    def part(a: Triple, b: Triple) -> Triple:
        x, y, z = (p + share * (q - p) for p, q in zip(a, b, strict=True))
        return (x, y, z)

    limbs = {
        limb: _limb_nearer(said, home.limbs[limb], share)
        if said.on == home.limbs[limb].on
        else said
        for limb, said in pose.limbs.items()
    }
    return replace(
        pose,
        at=part(home.at, pose.at),
        pelvis=part(home.pelvis, pose.pelvis),
        lumbar=part(home.lumbar, pose.lumbar),
        thorax=part(home.thorax, pose.thorax),
        neck=part(home.neck, pose.neck),
        shrug=home.shrug + share * (pose.shrug - home.shrug),
        belly=home.belly + share * (pose.belly - home.belly),
        limbs=limbs,
    )


def _limb_nearer(limb: LimbPose, home: LimbPose, share: float) -> LimbPose:
    def part(a: float, b: float) -> float:
        return a + share * (b - a)

    def maybe(a: float | None, b: float | None) -> float | None:
        return b if a is None or b is None else part(a, b)

    at = tuple(part(a, b) for a, b in zip(home.at, limb.at, strict=True))
    return replace(
        limb,
        up=part(home.up, limb.up),
        out=part(home.out, limb.out),
        bend=part(home.bend, limb.bend),
        low_up=maybe(home.low_up, limb.low_up),
        low_out=maybe(home.low_out, limb.low_out),
        curl=part(home.curl, limb.curl),
        point=maybe(home.point, limb.point),
        at=(at[0], at[1], at[2]),
        pole=part(home.pole, limb.pole),
        pole_out=part(home.pole_out, limb.pole_out),
    )
