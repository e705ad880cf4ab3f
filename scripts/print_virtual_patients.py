"""Print docs/reference/virtual-patients.md: every parameter, and how published figures are met."""

from collections.abc import Iterator, Sequence

from safetomove.core.simulation import FAMILIES, HELD_OUT, TUNING_SEED, FamilyId
from safetomove.core.simulation.behaviour import TABLE as BEHAVIOUR
from safetomove.core.simulation.calibration import FIGURES, calibrate
from safetomove.core.simulation.parameters import Parameter, Shape
from safetomove.core.simulation.telling import TABLE as TELLING

PEOPLE, SEED = 2000, 2026
TITLES = {
    FamilyId.THRESHOLD: "Threshold with sensitisation",
    FamilyId.FITNESS: "Fitness, fatigue and fear",
    FamilyId.INFLAMMATION: "Delayed inflammation with random flare-ups",
    FamilyId.NULL: "Null: flare-ups don't follow the dose",
    FamilyId.SPELLS: "Spells",
}


def page() -> str:
    """Return the whole page."""
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    yield "# Virtual patients: every number"
    yield ""
    yield "Made by `python scripts/print_virtual_patients.py`. A test compares it with the code."
    yield ""
    yield (
        "These are invented people: in-silico and exploratory. "
        "[What they are for](../explanation/virtual-patients.md). "
        f"Rules are tuned on seed {TUNING_SEED} and judged on others. "
        f"Nothing is tuned on the family *{HELD_OUT}*. "
        "*Assumed* means that no study sets the number."
    )
    yield from _table("What people do, in every family", BEHAVIOUR)
    yield from _table("What people tell, in every family", TELLING)
    for family in FamilyId:
        yield from _table(f"{TITLES[family]} (`{family}`)", FAMILIES[family].table)
    yield from _calibration()


def _table(title: str, table: Sequence[Parameter]) -> Iterator[str]:
    yield from ("", f"## {title}", "")
    yield "| Parameter | Meaning | Value | Unit | Spread | Across people | Source |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for one in table:
        spread = f"{one.spread:g}" if one.shape not in (Shape.SAME, Shape.YES_NO) else ""
        cells = (one.name, one.meaning, f"{one.value:g}", one.unit, spread, one.shape, one.source)
        yield f"| {' | '.join(cells)} |"


def _calibration() -> Iterator[str]:
    yield from ("", "## Beside published figures", "")
    yield (
        f"{PEOPLE} people a family, seed {SEED}, 28 days by habit after two weeks of settling; "
        "who left, over twelve weeks of a quota of 10% a week. Bounds are two standard errors "
        "beyond what was published. The sources were read as abstracts."
    )
    yield ""
    yield f"| Figure | Published | Bounds | {' | '.join(FamilyId)} | Source |"
    yield f"| --- | --- | --- | {' | '.join('---' for _ in FamilyId)} | --- |"
    found = [calibrate(family, people=PEOPLE, seed=SEED) for family in FamilyId]
    for one in FIGURES:
        told = f"{one.low:g}" if one.low == one.high else f"{one.low:g} to {one.high:g}"
        bounds = f"{one.low - 2 * one.error:.3f} to {one.high + 2 * one.error:.3f}"
        values = " | ".join(f"{each[one.id]:.3f}" for each in found)
        yield f"| {one.meaning} | {told} | {bounds} | {values} | {one.source} |"
    yield ""


if __name__ == "__main__":
    print(page(), end="")
