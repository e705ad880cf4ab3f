"""Read movements: poses, people and things as data, and the words that go with them."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any, Final

from safetomove.content import files
from safetomove.core.figures import (
    Anchor,
    BadMovement,
    Figure,
    Level,
    Limb,
    LimbPose,
    On,
    Person,
    Pose,
    Prop,
    PropKind,
    View,
    Way,
    nearer,
)

Table = Mapping[str, Any]
NOT_MOVEMENTS: Final = ("bases", "people")
BOTH: Final = {"legs": "leg", "feet": "foot", "arms": "arm", "hands": "hand"}
SPINE: Final = ("pelvis", "lumbar", "thorax", "neck")
PLAIN: Final = ("move", "hold", "show", "balance", "shrug", "belly")
SAID_ONCE: Final = ("move", "hold", "show", "base", "extra")  # not carried on to the next pose


@cache
def load(language: str = files.FALLBACK) -> Mapping[str, Figure]:
    """Read every movement, by id, with its words in a language."""
    return {id: read(_table(id), _bases(), people(), _words(id, language)) for id in ids()}


def _words(id: str, language: str) -> Table:
    """Read a movement's words; none where nobody has written them."""
    name = f"movements/{id}"
    file = files.read(language, name) or files.read(files.FALLBACK, name)
    return {} if file is None else {"title": file.front.title, **file.body}


def ids() -> tuple[str, ...]:
    """List the movements there are poses for."""
    here = files.root() / "figures"
    names = (
        each.name.removesuffix(".toml") for each in here.iterdir() if each.name.endswith(".toml")
    )
    return tuple(sorted(name for name in names if name not in NOT_MOVEMENTS))


def _table(name: str) -> Table:
    try:
        return tomllib.loads((files.root() / "figures" / f"{name}.toml").read_text("utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise BadMovement(f"figures/{name}.toml is not TOML: {error}") from None


@cache
def _bases() -> Table:
    return _table("bases")


@cache
def people() -> Mapping[str, Person]:
    """Read the people who are drawn, by id."""
    return {id: _person(id, entry) for id, entry in _table("people").items()}


def _person(id: str, entry: Table) -> Person:
    colours = {key: value for key, value in entry.items() if str(value).startswith("#")}
    return Person(
        id=id, broad=entry["broad"], hair=entry["style"], sleeve=entry["sleeve"], colours=colours
    )


def read(table: Table, bases: Table, known: Mapping[str, Person], words: Table) -> Figure:
    """Make a movement of its tables; a refusal names the movement."""
    id = str(table.get("id", "a movement without an id"))
    try:
        return Figure(
            id=id,
            family=table["family"],
            view=View(table["view"]),
            way=Way(table.get("way", Way.THERE_AND_BACK)),
            anchor=Anchor(table.get("anchor", Anchor.HIPS)),
            person=known[table["person"]],
            by_level=tuple(
                _level(table, each, bases, _level_words(words, n))
                for n, each in enumerate(table["level"])
            ),
            title=files.text(words, "title", ""),
            telling=table.get("telling", ""),
        )
    except KeyError as missing:
        raise BadMovement(f"{id}: nothing is said of {missing}") from None
    except (BadMovement, TypeError, ValueError) as wrong:
        raise BadMovement(f"{id}: {wrong}") from None


def _level_words(words: Table, n: int) -> str:
    told = words.get("levels", [])
    return f"{told[n]['name']}. {told[n]['how']}" if n < len(told) else ""


def _level(table: Table, level: Table, bases: Table, words: str) -> Level:
    change = level.get("change", {})
    unknown = set(change) - {each["id"] for each in table["pose"]}
    if unknown:
        raise BadMovement(f"a level changes a pose that is not there: {sorted(unknown)[0]}")
    poses = _poses(table, change, bases)
    wanted = level.get("poses") or [each["id"] for each in table["pose"] if not each.get("extra")]
    chosen = [poses[id] for id in wanted]
    share, tempo = level.get("range", 1.0), level.get("tempo", 1.0)
    home = chosen[0]
    near = [nearer(_slower(pose, tempo), home, share) for pose in chosen]
    props = _props(level.get("props", table.get("props", [])))
    view = View(level["view"]) if "view" in level else None
    return Level(poses=tuple(near), props=props, view=view, words=words)


def _slower(pose: Pose, tempo: float) -> Pose:
    return replace(pose, move=pose.move / tempo, hold=pose.hold / tempo)


def _poses(table: Table, change: Table, bases: Table) -> dict[str, Pose]:
    """Fill in every pose: each says only what differs from the one before it."""
    said: dict[str, Any] = dict(bases[table.get("base", "stand")])
    limbs = _limbs(said, {})
    found = {}
    for raw in table["pose"]:
        told = _changed(raw, change.get(raw["id"], {}))
        if "base" in told:
            said = dict(bases[told["base"]])
            limbs = _limbs(said, limbs)
        limbs = _limbs(told, limbs)
        said = {key: value for key, value in said.items() if key not in SAID_ONCE} | told
        found[raw["id"]] = _pose(said, limbs)
    return found


def _changed(raw: Table, change: Table) -> dict[str, Any]:
    """Let a level's word on a limb replace all that the pose said of it."""
    kept = dict(raw)
    for one in (*BOTH.values(), *BOTH):
        words = (one,) if one in BOTH else (f"{one}_l", f"{one}_r")
        for word in (each for each in words if each in change):
            for other in _same_limb(word):
                kept.pop(other, None)
    return kept | dict(change)


def _same_limb(word: str) -> tuple[str, ...]:
    """Name the other words for the same limb: an arm for a hand, and both sides for a pair."""
    leg = word.split("_")[0] in ("legs", "feet", "leg", "foot")
    ones, many = (
        (("leg", "foot"), ("legs", "feet")) if leg else (("arm", "hand"), ("arms", "hands"))
    )
    if word in many:
        return (*many, *(f"{one}_{side}" for one in ones for side in "lr"))
    return tuple(f"{one}_{word[-1]}" for one in ones)


def _pose(said: Table, limbs: Mapping[Limb, LimbPose]) -> Pose:
    numbers: dict[str, Any] = {key: said[key] for key in PLAIN if key in said}
    spine: dict[str, Any] = {key: _triple(said.get(key, 0.0)) for key in SPINE}
    return Pose(id=said["id"], at=_triple(said["at"]), limbs=limbs, **numbers, **spine)


def _triple(value: float | Sequence[float]) -> tuple[float, float, float]:
    given = [value] if isinstance(value, int | float) else list(value)
    x, y, z = (*map(float, given), 0.0, 0.0, 0.0)[:3]
    return (x, y, z)


def _limbs(told: Table, before: Mapping[Limb, LimbPose]) -> dict[Limb, LimbPose]:
    """Read what is said of limbs; what is said of one side wins over what is said of both."""
    limbs = dict(before)
    for many, one in BOTH.items():
        if many in told:
            limbs |= {_named(one, side): _limb(one, told[many]) for side in "lr"}
    for one in BOTH.values():
        for side in "lr":
            if f"{one}_{side}" in told:
                limbs[_named(one, side)] = _limb(one, told[f"{one}_{side}"])
    return limbs


def _named(word: str, side: str) -> Limb:
    return Limb(f"{'leg' if word in ('leg', 'foot') else 'arm'}_{side}")


def _limb(word: str, told: Table) -> LimbPose:
    given: dict[str, Any] = dict(told)
    if word in ("foot", "hand"):
        given["on"] = On(given.get("on", On.FLOOR))
        given["at"] = _triple(given["at"])
    return LimbPose(**given)


def _props(told: Sequence[Table]) -> tuple[Prop, ...]:
    return tuple(_prop(each) for each in told)


def _prop(told: Table) -> Prop:
    given: dict[str, Any] = dict(told)
    for key in ("at", "to", "size"):
        if key in given:
            x, y, _ = _triple(given[key])
            given[key] = (x, y)
    return Prop(**given | {"kind": PropKind(told["kind"])})
