"""The movements: their words and tags, read once, and which of them one person is shown.

A movement that a language lacks comes from English; its `front.language` says so.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final

from safetomove.content import files
from safetomove.content.files import BadContent, WordFile, as_table, text, texts
from safetomove.content.words import FrontMatter
from safetomove.core.doing import (
    AboutPerson,
    Candidate,
    Kit,
    Part,
    Suitability,
    Tag,
    Verdict,
    Way,
    suits,
)

FOLDER: Final = "movements"
FAMILIES: Final = (
    *("bending", "arching", "turning", "sitting", "lifting", "hinge", "walking"),
    *("floor", "chair", "ball", "tai-chi", "multigym", "breathing"),
)
NETS: Final = frozenset({"leg", "worse", "dizzy", "chest", "fall"})  # their words are in move.toml
LEAST_LEVELS: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One level, from the easiest up."""

    name: str
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Worry:
    """What people ask, what we say, and which safety net stands beside it."""

    ask: str
    answer: str
    net: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """A movement in words; `swap` is what does the same job where this one doesn't fit."""

    front: FrontMatter
    family: str
    parts: frozenset[Part]
    needs: frozenset[Kit]
    helps: frozenset[str]  # ids of ready-made activities
    swap: str
    tags: Mapping[Tag, Way]
    purpose: str
    feel: str
    relaxed: str
    steps: tuple[str, ...]
    levels: tuple[Level, ...]
    worries: tuple[Worry, ...]

    @property
    def id(self) -> str:
        """The name that files, figures and addresses share."""
        return self.front.id

    @property
    def title(self) -> str:
        """What it is called."""
        return self.front.title


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A movement as one person meets it; `swap` is the first of its swaps that may be listed."""

    movement: Movement
    suits: Suitability
    swap: Movement | None


def load(language: str = files.FALLBACK) -> Mapping[str, Movement]:
    """Return every movement by id, families in their order; read once."""
    return _loaded(language)


def meet(id: str, about: AboutPerson, *, language: str = files.FALLBACK) -> Shown | None:
    """Return one movement as this person meets it, or None where there is none."""
    movement = load(language).get(id)
    return None if movement is None else _shown(movement, about, load(language))


def listed(about: AboutPerson, *, language: str = files.FALLBACK) -> tuple[Shown, ...]:
    """Return the movements that may stand in a list for this person: the one source of lists."""
    every = load(language)
    met = (_shown(each, about, every) for each in every.values())
    return tuple(each for each in met if each.suits.listed)


def candidates(about: AboutPerson, *, language: str = files.FALLBACK) -> tuple[Candidate, ...]:
    """Return what a session may be made of: what surely fits, with things the person has."""
    return tuple(
        Candidate(
            id=each.movement.id,
            family=each.movement.family,
            parts=each.movement.parts,
            levels=len(each.movement.levels),
        )
        for each in listed(about, language=language)
        if each.suits.certain and each.movement.needs <= about.kit
    )


def read_movement(file: WordFile) -> Movement:
    """Read one movement; BadContent names it and says what is wrong."""
    body = file.body
    try:
        return Movement(
            front=file.front,
            family=_known(text(body, "family")),
            parts=frozenset(Part(each) for each in texts(body, "parts")),
            needs=frozenset(Kit(each) for each in texts(body, "needs")),
            helps=frozenset(texts(body, "helps")),
            swap=text(body, "swap"),
            tags=_tags(files.section(body, "tags")),
            purpose=text(body, "purpose"),
            feel=text(body, "feel"),
            relaxed=text(body, "relaxed"),
            steps=texts(body, "steps"),
            levels=_levels(body),
            worries=tuple(_worry(each) for each in _rows(body, "worries")),
        )
    except (BadContent, ValueError) as wrong:
        raise BadContent(f"movement {file.front.id}: {wrong}") from None


def _shown(movement: Movement, about: AboutPerson, every: Mapping[str, Movement]) -> Shown:
    found = suits(movement.tags, about)
    return Shown(movement=movement, suits=found, swap=_swap(movement, about, every))


def _swap(movement: Movement, about: AboutPerson, every: Mapping[str, Movement]) -> Movement | None:
    """Follow the swaps until one is allowed; a ring of swaps ends with none."""
    seen, here = {movement.id}, every[movement.swap]
    while here.id not in seen:
        if suits(here.tags, about).verdict is Verdict.ALLOWED:
            return here
        seen.add(here.id)
        here = every[here.swap]
    return None


def _known(family: str) -> str:
    if family not in FAMILIES:
        raise BadContent(f"there is no family {family!r}")
    return family


def _tags(table: Mapping[str, object]) -> Mapping[Tag, Way]:
    return MappingProxyType({Tag(name): Way(text(table, name)) for name in table})


def _levels(body: Mapping[str, object]) -> tuple[Level, ...]:
    rows = [Level(name=text(each, "name"), how=text(each, "how")) for each in _rows(body, "levels")]
    if len(rows) < LEAST_LEVELS:
        raise BadContent(f"has {len(rows)} levels, and needs {LEAST_LEVELS}")
    return tuple(rows)


def _worry(row: Mapping[str, object]) -> Worry:
    net = text(row, "net")
    if net not in NETS:
        raise BadContent(f"an answer has no safety net called {net!r}")
    return Worry(ask=text(row, "ask"), answer=text(row, "answer"), net=net)


def _rows(body: Mapping[str, object], name: str) -> Iterable[Mapping[str, object]]:
    rows = body.get(name, [])
    if not isinstance(rows, list):
        raise BadContent(f"{name} must be a list of tables")
    return [as_table(each, name) for each in rows]


@cache
def _loaded(language: str) -> Mapping[str, Movement]:
    found: dict[str, WordFile] = {}
    for layer in dict.fromkeys((files.FALLBACK, language)):
        found |= _files(layer)
    read = [read_movement(file) for file in found.values()]
    every = {each.id: each for each in sorted(read, key=_place)}
    for movement in read:
        if movement.swap not in every or movement.swap == movement.id:
            raise BadContent(f"movement {movement.id}: no {movement.swap!r} to swap it for")
    return MappingProxyType(every)


def _place(movement: Movement) -> tuple[int, str]:
    return FAMILIES.index(movement.family), movement.title


def _files(language: str) -> dict[str, WordFile]:
    here = files.root() / language / FOLDER
    if not language.replace("-", "").isalnum() or not here.is_dir():
        return {}
    ids = sorted(each.name[:-5] for each in here.iterdir() if each.name.endswith(".toml"))
    read = {id: files.read(language, f"{FOLDER}/{id}") for id in ids}
    return {id: file for id, file in read.items() if file is not None}
