"""What the page of a test that has not begun says."""

from collections.abc import Iterable, Mapping
from typing import Any

from safetomove.core.experiments import OWN, Noise, Question
from safetomove.services.experiments import Prospect
from safetomove.web.patient.patterns.sizes import of_ten
from safetomove.web.patient.words import page

WEAK = 0.3  # of finding a whole point in the longest test: below it we say so


def plan_page(question: Question, noise: Noise, prospects: Iterable[Prospect]) -> dict[str, Any]:
    """Fill the page: the deed, where it should show, and the chances."""
    words, rows = page("experiments")["plan"], list(prospects)
    outcome, lag = words["outcome"][question.outcome.value], words["lag"][question.lag]
    return {
        "question": question,
        "about": about(question),
        "own": question.id == OWN,
        "looks_at": words["looks_at"].format(outcome=outcome, lag=lag),
        "rhythm": words["lingers" if question.lingers else "daily"],
        "cares": [words["cares"][care.value] for care in sorted(question.cares)],
        "from": words["from_you"].format(days=noise.own_days)
        if noise.own_days
        else words["from_typical"],
        "rows": [_row(one, words) for one in rows],
        "lengths": [(one.days, words["days"].format(days=one.days)) for one in rows],
        "weak": rows[-1].chances[-1] < WEAK,
    }


def about(question: Question) -> dict[str, str]:
    """Return a question's words: title, what it asks, the deed and its drawing."""
    if question.id == OWN:
        return {"title": question.name, "ask": question.name, "deed": question.name, "art": "tools"}
    found: dict[str, str] = page("experiments")["ready"][question.id]
    return found


def _row(one: Prospect, words: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "length": words["days"].format(days=one.days),
        "chances": [of_ten(chance, words) for chance in one.chances],
        "bars": [round(chance, 2) for chance in one.chances],
    }
