"""A trial's result as one page that needs nothing from anywhere: no script, no request."""

from importlib.resources import files as package_files
from typing import Any

import jinja2

from safetomove.content import trials

SHAPES = {
    "quota": "square",
    "flare-hold": "triangle",
    "traffic-light": "circle",
    "ours": "ours",
    "what-you-can": "cross",
    "oracle": "diamond",
}
SHARES = {"gain", "lower_quarter", "harm", "spared", "strict", "left"}


def page(data: Any) -> str:
    """Return the whole page."""
    text = (package_files("safetomove.cli") / "trial.jinja").read_text("utf-8")
    room = jinja2.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    room.filters |= {"measured": measured, "points": points, "ratio": ratio}
    return room.from_string(text).render(
        data=data,
        words=trials.words(),
        charts=[trials.chart(one) for one in data["families"]],
        shapes=SHAPES,
        trials=trials,
        metrics=list(trials.words()["metric"]),
    )


def measured(value: list[float | None], metric: str) -> str:
    """Show a mean and its interval, a share in per cent."""
    show = "{:.0%}" if metric in SHARES else "{:.2f}" if metric == "ability" else "{:.1f}"
    return _with_interval(*(show.format(one) if one is not None else "" for one in value))


def points(gap: dict[str, float | None]) -> str:
    """Show points of habit and their interval; nothing where nothing could be compared."""
    return _with_interval(*("" if it is None else f"{it:+.1f}" for it in gap.values()))


def ratio(gap: dict[str, float | None]) -> str:
    """Show a share and its interval in per cent."""
    return _with_interval(*("" if it is None else f"{it:.0%}" for it in gap.values()))


def _with_interval(mean: str, low: str, high: str) -> str:
    return f"{mean} ({low} to {high})" if low and high else mean
