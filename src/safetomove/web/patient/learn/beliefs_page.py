"""Fill the pages about beliefs: the ten lines, and what has moved."""

from collections.abc import Container, Mapping, Sequence
from typing import Any

from safetomove.content import lessons
from safetomove.content.lesson_shapes import Lesson
from safetomove.core import beliefs
from safetomove.core.beliefs import Belief, BeliefAnswers, Change, Direction, NotScorable
from safetomove.core.diary import BadCheckIn
from safetomove.core.diary.cells import parse_number
from safetomove.core.diary.check_in import SCALE_TOP
from safetomove.services.learner import Learner
from safetomove.web.patient.words import plain
from safetomove.web.words import page

LESSONS_SHOWN = 3
LINE, EDGE = 300.0, 10.0  # the picture of one line: its length and the room beside it


def statements() -> Mapping[str, str]:
    """Return the ten lines by belief."""
    words: Mapping[str, str] = page("beliefs")["statements"]
    return words


def read(sent: Mapping[str, str]) -> tuple[dict[Belief, float], list[tuple[str, str]]]:
    """Read what was tapped; a line left blank is not there."""
    scores: dict[Belief, float] = {}
    errors: list[tuple[str, str]] = []
    words = page("beliefs")["page"]
    for belief in Belief:
        if text := str(sent.get(belief.value, "")).strip():
            try:
                scores[belief] = parse_number(text, top=SCALE_TOP)
            except BadCheckIn:
                what = statements()[belief.value]
                errors.append((belief.value, words["wrong"].format(what=what)))
    if not (scores or errors):
        errors.append((Belief.DAMAGE.value, words["nothing"]))
    return scores, errors


def result(given: Sequence[BeliefAnswers]) -> dict[str, Any]:
    """Show what has moved since the first answers, and what may help with the strongest."""
    first, last = given[0], given[-1]
    found = beliefs.changes(first, last) if len(given) > 1 else ()
    strong = beliefs.worries(last)
    return {
        "first": first.given_on,
        "last": last.given_on,
        "moved": _moved(found) if len(given) > 1 else [],
        "mean": _mean(first, last) if len(given) > 1 else "",
        "rows": _rows(first, last, found),
        "several": len(given) > 1,
        "lessons": lessons_for(strong)[:LESSONS_SHOWN],
        "strong": bool(strong),
    }


def due(learner: Learner) -> str:
    """Return what to say when the ten lines are to be answered again; empty when they aren't."""
    if learner.today is None:
        return ""
    asked = beliefs.due((one.given_on for one in learner.beliefs), today=learner.today)
    words: str = page("beliefs")["due"][asked.value] if asked else ""
    return words


def lessons_for(strong: Sequence[Belief]) -> list[tuple[str, Any]]:
    """Pair each belief's line with the lesson that speaks to it most; no lesson comes twice."""
    found: dict[str, tuple[str, Any]] = {}
    for belief in strong:
        if lesson := _speaking_to(belief, besides=found):
            found[lesson.id] = (statements()[belief.value], lesson)
    return list(found.values())


def _speaking_to(belief: Belief, *, besides: Container[str]) -> Lesson | None:
    """Choose a lesson; each names first the belief that it speaks to most."""
    every = lessons.load().lessons.values()
    fits = [one for one in every if belief in one.beliefs and one.id not in besides]
    return min(fits, key=lambda one: one.beliefs.index(belief), default=None)


def _moved(found: Sequence[Change]) -> list[str]:
    words = page("beliefs")["result"]
    eased = sum(one.direction is Direction.EASED for one in found)
    grew = any(one.direction is Direction.GREW for one in found)
    said = []
    if eased:
        said.append(words["eased_one"] if eased == 1 else words["eased"].format(count=eased))
    if grew:
        said.append(words["grew"])
    return said or [words["same"]]


def _mean(first: BeliefAnswers, last: BeliefAnswers) -> str:
    words, before, now = page("beliefs")["result"], first.mean, last.mean
    if isinstance(before, NotScorable) or isinstance(now, NotScorable):
        needed: str = words["mean_none"].format(needed=beliefs.ANSWERS_FOR_A_MEAN)
        return needed
    both: str = words["mean"].format(before=f"{before:.1f}", now=f"{now:.1f}")
    return both


def _rows(
    first: BeliefAnswers, last: BeliefAnswers, found: Sequence[Change]
) -> list[dict[str, Any]]:
    """Give each line answered on either day a sentence and a picture; what moved comes first."""
    moved = {one.belief: one for one in found}
    rest = [one for one in Belief if one not in moved]
    return [
        _row(one, first.scores.get(one), last.scores.get(one), moved.get(one))
        for one in (*moved, *rest)
        if one in first.scores or one in last.scores
    ]


def _row(
    belief: Belief, before: float | None, now: float | None, change: Change | None
) -> dict[str, Any]:
    words = page("beliefs")["result"]
    say = {"before": "" if before is None else plain(before), "now": _plain(now)}
    if change is not None:
        kind = f"row_{change.direction.value}"
    else:
        kind = "row_then" if now is None else "row_now"
    return {
        "line": statements()[belief.value],
        "said": words[kind].format(**say),
        **say,
        "x_before": None if before is None or change is None else _x(before),
        "x_now": None if now is None else _x(now),
        "eased": change is not None and change.direction is Direction.EASED,
    }


def _plain(value: float | None) -> str:
    return "" if value is None else plain(value)


def _x(score: float) -> float:
    return round(EDGE + LINE * score / SCALE_TOP, 1)
