"""Which bones or discs a finding belongs to: L4/5, L5-S1, L3/4 to L5/S1, L4 on L5."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from safetomove.core.scans.words import Token

LEVEL: Final = (
    r"\b(?:[CTDLS]\s?\d{1,2}(?:\s?[-/–—]\s?[CTDLS]?\s?\d{1,2}(?!\d)){0,4}(?![\d.]\d)\b"
    r"|lumbo-?sacral junction|thoraco-?lumbar junction)"
)
_PART = re.compile(r"([CTDLS]?)\s?(\d{1,2})", re.IGNORECASE)
_BONES: Final = (
    *(f"C{n}" for n in range(1, 8)),
    *(f"T{n}" for n in range(1, 13)),
    *(f"L{n}" for n in range(1, 6)),
    *(f"S{n}" for n in range(1, 6)),
)
_JUNCTIONS: Final = {"lumbo": ("L5/S1",), "thora": ("T12/L1",)}
_SLIP_WORDS: Final = frozenset("on upon over relative in relation with respect to".split())
_LIST_WORDS: Final = frozenset(("and", ",", "or", "the", "levels", "level", "at", "both"))
_RANGE_WORDS: Final = frozenset(("to", "through", "down"))
_OF_A_NERVE: Final = frozenset("root roots nerve nerves rootlet foramen".split())
_LEADS: Final = frozenset("at of the level levels in from involving between affecting on".split())
_SEEN: Final = frozenset("is are was were seen noted present identified both left right".split())


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelGroup:
    """Levels named together, and where in the sentence they stand."""

    first: int
    last: int  # one past
    levels: tuple[str, ...]


def levels_of(text: str) -> tuple[str, ...]:
    """Read one mention; a range such as L3-S1 gives each disc in it; () where there is none."""
    if junction := _JUNCTIONS.get(text[:5].lower()):
        return junction
    bones: list[str] = []
    for part, number in _PART.findall(text):
        bone = _bone(part or _part_after(bones[-1], number), number)
        if bone is None or (bones and _BONES.index(bone) <= _BONES.index(bones[-1])):
            return tuple(bones[:1])
        bones.append(bone)
    return tuple(bones) if len(bones) == 1 else discs_between(bones[0], bones[-1])


def discs_between(one: str, other: str) -> tuple[str, ...]:
    """List the discs from one bone to another below it."""
    first, last = _BONES.index(one), _BONES.index(other)
    return tuple(_disc(_BONES[at], _BONES[at + 1]) for at in range(first, last))


def groups(sentence: "Sequence[Token]") -> list[LevelGroup]:
    """Find the levels of a sentence, lists and ranges taken together, nerves left out."""
    found: list[LevelGroup] = []
    for at, token in enumerate(sentence):
        if not token.levels or _names_a_nerve(sentence, at):
            continue
        one = LevelGroup(first=at, last=at + 1, levels=token.levels)
        joined = _joined(found[-1], one, sentence) if found else None
        if joined:
            found[-1] = joined
        else:
            found.append(one)
    return found


def belonging(
    hit: tuple[int, int],
    others: Sequence[tuple[int, int]],
    sentence: "Sequence[Token]",
    known: Sequence[LevelGroup],
) -> tuple[str, ...]:
    """Choose the levels of one finding: said right after it, inside it, before it, after it."""
    first, last = hit
    for group in known:
        if first <= group.first < last:
            return group.levels
    after = [group for group in known if group.first >= last]
    if after and _leads_to(sentence[last : after[0].first]):
        return after[0].levels
    before = [group for group in known if group.last <= first]
    if before:
        return before[-1].levels
    return after[0].levels if after and _shares(last, after[0].first, others, sentence) else ()


def _names_a_nerve(sentence: "Sequence[Token]", at: int) -> bool:
    rest = [token for token in sentence[at + 1 : at + 4] if not token.levels]
    return bool(rest) and (
        rest[0].word in _OF_A_NERVE
        or (rest[0].word in ("and", "or") and len(rest) > 1 and rest[1].word in _OF_A_NERVE)
    )


def _joined(held: LevelGroup, one: LevelGroup, sentence: "Sequence[Token]") -> LevelGroup | None:
    between = [token.word for token in sentence[held.last : one.first]]
    span = {"first": held.first, "last": one.last}
    if not between or len(between) > 4:
        return None
    if set(between) <= _LIST_WORDS:
        return LevelGroup(**span, levels=tuple(dict.fromkeys((*held.levels, *one.levels))))
    if between[-1] in _RANGE_WORDS and len(between) == 1:
        ends = (held.levels[0].split("/")[0], _lower_bone(one.levels[-1]))
        return LevelGroup(**span, levels=discs_between(*ends) or held.levels)
    if set(between) <= _SLIP_WORDS and between[0] != "to":
        upper, lower = held.levels[-1], one.levels[0]
        if "/" not in upper + lower:
            return LevelGroup(**span, levels=discs_between(upper, lower) or (_disc(upper, lower),))
    return None


def _leads_to(between: "Sequence[Token]") -> bool:
    return all(token.word in _LEADS or token.word in _SEEN for token in between)


def _shares(
    last: int, first: int, others: Sequence[tuple[int, int]], sentence: "Sequence[Token]"
) -> bool:
    """Tell whether only other findings in a list lie between, so that they share the level."""
    return not any(token.word in ("but", "however", "?") for token in sentence[last:first])


def _bone(part: str, number: str) -> str | None:
    name = f"{part.upper().replace('D', 'T')}{int(number)}"
    return name if name in _BONES else None


def _part_after(bone: str, number: str) -> str:
    """Read L5/1 as L5/S1: a smaller number lies in the next part of the spine."""
    order, part = "CTLS", bone[0]
    if int(number) > int(bone[1:]) or part == "S":
        return part
    return order[order.index(part) + 1]


def _disc(upper: str, lower: str) -> str:
    return f"{upper}/{lower[1:] if upper[0] == lower[0] else lower}"


def _lower_bone(level: str) -> str:
    upper, _, lower = level.partition("/")
    if not lower:
        return upper
    return lower if lower[0].isalpha() else upper[0] + lower
