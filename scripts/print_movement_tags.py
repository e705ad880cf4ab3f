"""Print what each movement asks of a body, as a table that a physiotherapist can argue with.

Usage: python scripts/print_movement_tags.py > docs/reference/movement-tags.md
"""

from collections.abc import Iterator

from safetomove.content.movements import Movement, load
from safetomove.core.doing import HEALTH, Tag, Way

INTRO = """# What each movement asks of a body

Made by `python scripts/print_movement_tags.py`; change the files in
`src/safetomove/content/en/movements/`, not this page. **Clinical review: none yet.** The tags are
our own reading of two sources, which say little about single movements:
`brooke-wavell-2022` (thin bones: no very round back, train balance first) and
`nhs-pregnancy-exercise` (no lying flat for long, no falls). The rest is `own-rule`.

A yes to a tag means, for that movement:

- **swap**: it is nowhere to be found, and its page leads to another that does the same job
- **hide**: the same, where no other does quite the same job
- **clinician**: it is listed as "with your physio first", and is never part of a session

No answer, "not sure" and a "no" older than 28 days mean: it is shown with the question beside
it, and is never part of a session. Where several tags speak, the strictest decides. One function,
`suits` in `core/doing/suits.py`, decides; lists, search, direct links, prints and sessions ask it.

| Tag | Asked in | A yes means |
| --- | --- | --- |"""
MEANS = {
    Tag.OSTEOPOROSIS: "thin bones, or a bone broken by a small fall",
    Tag.PREGNANCY: "pregnant, or gave birth in the last three months",
    Tag.RECENT_SURGERY: "an operation or a spinal injection in the last three months",
    Tag.BALANCE: "unsteady on the feet, or a fall this year",
    Tag.KNEELING: "kneeling is hard",
    Tag.FLOOR: "getting down to the floor, or up, is hard",
    Tag.HANDS: "hands or wrists too sore to lean on or grip with",
}
SHORT = {Way.SWAP: "swap", Way.HIDE: "hide", Way.CLINICIAN: "clinician"}


def page() -> str:
    """Return the whole page."""
    return "\n".join([INTRO, *_tags(), "", *_movements()]) + "\n"


def _tags() -> Iterator[str]:
    for tag, means in MEANS.items():
        asked = "the safety questions" if tag in HEALTH else "Move, what suits you"
        yield f"| `{tag}` | {asked} | {means} |"


def _movements() -> Iterator[str]:
    yield f"| Movement | Family | {' | '.join(tag.value for tag in Tag)} | Needs | Swap |"
    yield f"| --- | --- |{' --- |' * len(Tag)} --- | --- |"
    for movement in load().values():
        yield _row(movement)


def _row(movement: Movement) -> str:
    ways = [SHORT[movement.tags[tag]] if tag in movement.tags else "" for tag in Tag]
    needs = ", ".join(sorted(movement.needs))
    cells = [f"`{movement.id}`", movement.family, *ways, needs, f"`{movement.swap}`"]
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    print(page(), end="")
