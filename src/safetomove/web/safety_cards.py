"""Turn safety answers and what they lead to into what the pages show."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from safetomove.core.safety import Answer, Disposition, FiredRule, Screen, TriageResult
from safetomove.web import safety_flow, words
from safetomove.web.safety_flow import Flow, Problem, Told

MEANS_IN_LEAD = 2  # sentences; more of them make a list of their own


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question as its page shows it."""

    id: str
    ask: str
    hint: str
    why: str
    options: list[tuple[str, str]]
    value: str
    error: str
    is_age: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenPage:
    """A screen of questions, with what travels hidden beside it."""

    id: str
    heading: str
    lead: str
    at: int
    of: int
    asked: list[Asked]
    errors: list[tuple[str, str]]
    carried: list[tuple[str, str]]
    age_typed: str
    age_withheld: bool

    @property
    def alone(self) -> bool:
        """Say whether one question has the page to itself."""
        return len(self.asked) == 1 and not self.asked[0].is_age


@dataclass(frozen=True, slots=True, kw_only=True)
class CardPage:
    """What the answers lead to."""

    card: Mapping[str, Any]
    told: list[str]
    unsure: list[str]
    means: list[str]
    sources: Mapping[str, Any]
    cleared: bool
    missing: list[str] = field(default_factory=list)


def screen_page(
    flow: Flow, told: Told, screen: Screen, problems: Mapping[str, Problem]
) -> ScreenPage:
    """Show a screen with what was answered before and what is wrong with it."""
    at, of = safety_flow.place(flow, told, screen)
    text = words.spoken().screen(screen.id)
    alone = len(screen.questions) == 1
    errors = {id: _problem(problem) for id, problem in problems.items()}
    return ScreenPage(
        id=screen.id,
        heading=text.heading,
        lead=text.lead,
        at=at,
        of=of,
        asked=[_asked(id, told, errors.get(id, ""), alone=alone) for id in screen.questions],
        errors=[(id, _in_summary(problem, id)) for id, problem in problems.items()],
        carried=safety_flow.carried(told, without=screen.questions),
        age_typed=told.age_typed,
        age_withheld=told.age_withheld,
    )


def card_page(result: TriageResult) -> CardPage:
    """Show the card for a result; what was left open has a card of its own."""
    spoken = words.spoken()
    open_only = not result.fired and result.clearance is None
    card = spoken.unanswered_card() if open_only else spoken.care_card(result.disposition)
    means = [each for flag in _flags(result.fired) if (each := spoken.means(flag))]
    few = len(means) <= MEANS_IN_LEAD
    shown = words.card(card) | {"do": [*_to_say(result), *card.do]}
    shown["lead"] = " ".join([*(means if few else []), card.lead])
    if result.clearance is not None:
        shown["kind"] = str(result.disposition)
    sources = (*card.sources, *(id for fired in result.fired for id in fired.source))
    return CardPage(
        card=shown,
        told=[spoken.told_us(flag) for flag in _of(result.fired, Answer.YES)],
        unsure=[spoken.told_us(flag) for flag in _of(result.fired, Answer.UNKNOWN)],
        means=[] if few else means,
        sources=words.cited(sources, words.front_of("safety")),
        cleared=result.clearance is not None,
        missing=[_("your age")] if open_only and "age" in result.not_answered else [],
    )


def _asked(id: str, told: Told, error: str, *, alone: bool) -> Asked:
    text = words.spoken().question(id)
    yes = text.yes if alone else words.page("safety")["answers"]["yes"]  # a row holds one word
    is_age = id == "age"
    answer = None if is_age else told.answer(id)
    return Asked(
        id=id,
        ask=text.ask,
        hint=text.hint,
        why=text.why,
        options=[("yes", yes), ("no", text.no), ("unknown", text.unknown)],
        value=str(answer) if answer else "",
        error=error,
        is_age=is_age,
    )


def _problem(problem: Problem) -> str:
    match problem:
        case Problem.AGE_MISSING:
            return _("Type your age, or tick that you would rather not say.")
        case Problem.AGE_NOT_A_NUMBER:
            return _("Type your age as a whole number, like 52.")
        case _:
            return _("Choose an answer. “I’m not sure” is fine.")


def _in_summary(problem: Problem, id: str) -> str:
    """Name the question, so that each line of the summary can be told from the next."""
    if problem is Problem.MISSING:
        return _("Choose an answer: %(ask)s") % {"ask": words.spoken().question(id).ask}
    return _problem(problem)


def _of(fired: tuple[FiredRule, ...], because: Answer) -> list[str]:
    yes = dict.fromkeys(each.flag for each in fired if each.because is Answer.YES)
    if because is Answer.YES:
        return list(yes)
    return [flag for flag in _flags(fired) if flag not in yes]


def _flags(fired: tuple[FiredRule, ...]) -> list[str]:
    return list(dict.fromkeys(each.flag for each in fired))


def _to_say(result: TriageResult) -> list[str]:
    """Collect what to tell whoever answers the phone; only where a call is due today."""
    if result.disposition.urgency < Disposition.SAME_DAY.urgency:
        return []
    spoken = words.spoken()
    pattern = spoken.phrase("care_cards", "phrases", "say")
    asked = [flag for flag in _of(result.fired, Answer.YES) if flag not in {"preg", "axspa"}]
    lines = dict.fromkeys(spoken.question(flag).say for flag in asked)
    return [pattern.format(what=line) for line in lines if line]
