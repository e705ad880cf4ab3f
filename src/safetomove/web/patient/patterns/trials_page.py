"""Show a trial's committed result soberly: what it found, and what it can't tell."""

from collections.abc import Mapping, Sequence
from typing import Any

from safetomove.content import trials
from safetomove.web.patient.words import page

SHAPES = {
    "quota": "square",
    "flare-hold": "triangle",
    "traffic-light": "circle",
    "ours": "ours",
    "what-you-can": "cross",
    "oracle": "diamond",
}
_SHARES = frozenset({"gain", "lower_quarter", "harm", "spared", "strict", "left"})


def trials_page(result: Mapping[str, Any]) -> dict[str, Any]:
    """Fill the page with one chart and its tables for each family."""
    words = page("trials")
    return {
        "result": result,
        "shapes": [(kind, shape, _rule(kind)) for kind, shape in SHAPES.items()],
        "shape_of": SHAPES,
        "families": [_family(one, words) for one in result["families"]],
        "worst": [
            (words["policy"][name], words["family"][row["family"]], _measured(row["gain"], "gain"))
            for name, row in result["worst"].items()
        ],
        "lean_families": [one["family"] for one in result["families"] if one["gaps"]],
        "lean": [_lean(row, result["families"], words) for row in result["leanings"]],
        "size": {"width": trials.WIDTH, "height": trials.HEIGHT},
        "edge": {"left": trials.LEFT, "right": trials.WIDTH - trials.RIGHT, "top": trials.TOP},
    }


def _rule(kind: str) -> str:
    words = page("trials")
    return str(words["rules"].get(kind) or words["policy"][kind])


def _family(one: Mapping[str, Any], words: Mapping[str, Any]) -> dict[str, Any]:
    ours = one["points"]["ours"]
    says = words["charts"]["says"].format(
        family=words["family"][one["family"]],
        activity=f"{ours['activity']:.0%}",
        flare_days=f"{ours['flare_days']:.1f}",
    )
    return {
        "id": one["family"],
        "name": words["family"][one["family"]],
        "about": words["family_about"][one["family"]],
        "held_out": one["held_out"],
        "says": says if one["gaps"] else f"{says} {words['charts']['none']}",
        "chart": trials.chart(one),
        "metrics": list(words["metric"].values()),
        "policies": [
            (
                words["policy"][row["policy"]],
                [_measured(row["metrics"][metric], metric) for metric in words["metric"]],
            )
            for row in one["policies"]
        ],
        "gaps": [
            (words["rules"][kind], _gap(gap.values(), "{:+.1f}") or words["tables"]["unreached"])
            for kind, gap in one["gaps"].items()
        ],
        "deciles": [
            (f"{row['chance']:.3f}", f"{row['began']:.3f}", row["days"]) for row in one["deciles"]
        ],
        "quota": _gap(one["against_quota"].values(), "{:.0%}"),
    }


def _lean(
    row: Mapping[str, Any], families: Sequence[Mapping[str, Any]], words: Mapping[str, Any]
) -> tuple[str, str, list[str]]:
    found = [row["points"][one["family"]] for one in families if one["gaps"]]
    shown = ["–" if it is None else f"{it:+.1f}" for it in found]
    return words["lean"][row["parameter"]], str(row["value"]), shown


def _measured(value: Sequence[float | None], metric: str) -> str:
    show = "{:.0%}" if metric in _SHARES else "{:.2f}" if metric == "ability" else "{:.1f}"
    return _gap(value, show)


def _gap(value: Any, show: str) -> str:
    """Show a number and its interval; nothing where nothing could be measured."""
    mean, low, high = ("" if one is None else show.format(one) for one in value)
    return f"{mean} ({low} to {high})" if low and high else mean
