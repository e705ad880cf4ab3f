"""Walk through the safety questions one screen at a time.

Nothing is kept on the way: what was answered so far travels in the form itself, so the
questions work signed out, without script and with the database down.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from safetomove.core.safety import (
    QUESTIONS,
    Answer,
    Context,
    Disposition,
    SafetyAnswers,
    Screen,
    first_screens,
    flare_screens,
    rules_in_force,
    triage,
)
from safetomove.core.safety.answers import OLDEST_YEARS

AGE_WITHHELD = "age_withheld"
AGE_DIGITS_TOP = 3


class Deed(StrEnum):
    """Which button was pressed."""

    GO_ON = "go_on"
    BACK = "back"
    CARRY_ON = "carry_on"  # past a card, to the questions that are left
    CHANGE = "change"  # back from a card, to the screen that led to it
    KEEP = "keep"


class Problem(StrEnum):
    """What is wrong with an answer."""

    MISSING = "missing"
    AGE_MISSING = "age_missing"
    AGE_NOT_A_NUMBER = "age_not_a_number"


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """One way through the questions; `url` names the page that takes the answers."""

    url: str
    screens: Callable[[SafetyAnswers | None], tuple[Screen, ...]]


FIRST = Flow(url="safe_questions", screens=first_screens)
FLARE = Flow(url="flare", screens=flare_screens)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a form says: the answers that could be read, and what was typed as an age."""

    answers: SafetyAnswers
    age_typed: str = ""
    age_withheld: bool = False

    def answer(self, question: str) -> Answer | None:
        """Return the answer to a question that is not about age."""
        if QUESTIONS[question].in_context:
            answer: Answer | None = getattr(self.answers.context, question)
            return answer
        return self.answers.answers.get(question)

    def problem(self, question: str) -> Problem | None:
        """Say what keeps a question from counting as answered."""
        if question != "age":
            return None if self.answer(question) else Problem.MISSING
        if self.answers.context.age is not None or self.age_withheld:
            return None
        return Problem.AGE_NOT_A_NUMBER if self.age_typed else Problem.AGE_MISSING


@dataclass(frozen=True, slots=True, kw_only=True)
class Show:
    """Ask a screen; `problems` says what its last sending left open."""

    screen: Screen
    problems: Mapping[str, Problem]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """Show the emergency card now; the questions left can wait behind it."""

    screen: Screen


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """Every question that applies has an answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave:
    """Back from the first screen."""


Step = Show | Stop | Done | Leave


def read(form: Mapping[str, str], *, today: date) -> Told:
    """Read the answers out of a form; what is not an answer counts as not given."""
    given = {id: Answer(form[id]) for id in QUESTIONS if form.get(id) in set(Answer)}
    typed = form.get("age", "").strip()
    context = {id: answer for id, answer in given.items() if QUESTIONS[id].in_context}
    answers = SafetyAnswers(
        given_on=today,
        answers={id: answer for id, answer in given.items() if id not in context},
        context=Context(age=_age(typed), **context),
    )
    return Told(answers=_without_idle(answers), age_typed=typed, age_withheld=AGE_WITHHELD in form)


def deed_of(form: Mapping[str, str]) -> Deed:
    """Read which button was pressed; the Enter key means go on."""
    pressed = form.get("deed", "")
    return Deed(pressed) if pressed in set(Deed) else Deed.GO_ON


def step(flow: Flow, told: Told, *, screen: str, deed: Deed) -> Step:
    """Say what comes after `screen`, the one that was sent."""
    at = _find(flow, screen)
    if at is None:
        return _ask_what_is_open(flow, told)
    if deed is Deed.BACK:
        return _before(flow, told, at)
    if deed is Deed.CHANGE:
        return Show(screen=_now(flow, told, at), problems={})
    problems = problems_on(at, told)
    if problems and deed is Deed.GO_ON:
        return Show(screen=_now(flow, told, at), problems=problems)
    if deed is Deed.GO_ON and _newly_emergency(told, at) and not _is_last(flow, told, at):
        return Stop(screen=at)
    after = _after(flow, told, at)
    return Show(screen=after, problems={}) if after else _ask_what_is_open(flow, told)


def problems_on(screen: Screen, told: Told) -> dict[str, Problem]:
    """Find what is still open on one screen."""
    found = {id: told.problem(id) for id in screen.questions if told.answers.applies(id)}
    return {id: problem for id, problem in found.items() if problem}


def place(flow: Flow, told: Told, screen: Screen) -> tuple[int, int]:
    """Return which screen this is and how many there are, as far as we know yet."""
    ids = [each.id for each in flow.screens(told.answers)]
    return ids.index(screen.id) + 1, len(ids)


def carried(told: Told, *, without: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    """List the hidden fields that take the answers so far to the next screen."""
    fields = {**told.answers.context.answered(), **told.answers.answers}
    pairs = [(id, str(answer)) for id, answer in fields.items() if id not in without]
    if "age" in without:
        return pairs
    withheld = [(AGE_WITHHELD, "yes")] if told.age_withheld else []
    return [*pairs, *([("age", told.age_typed)] if told.age_typed else []), *withheld]


def _age(typed: str) -> int | None:
    if not typed.isdecimal() or len(typed) > AGE_DIGITS_TOP:
        return None
    years = int(typed)
    return years if years <= OLDEST_YEARS else None


def _without_idle(answers: SafetyAnswers) -> SafetyAnswers:
    """Drop answers to questions that no longer apply since an earlier one was changed."""
    kept = {id: answer for id, answer in answers.answers.items() if answers.applies(id)}
    return replace(answers, answers=kept)


def _find(flow: Flow, screen: str) -> Screen | None:
    return next((each for each in flow.screens(None) if each.id == screen), None)


def _now(flow: Flow, told: Told, screen: Screen) -> Screen:
    """Return a screen with only the questions that apply."""
    return next((each for each in flow.screens(told.answers) if each.id == screen.id), screen)


def _after(flow: Flow, told: Told, at: Screen) -> Screen | None:
    order = [each.id for each in flow.screens(None)]
    later = set(order[order.index(at.id) + 1 :])
    return next((each for each in flow.screens(told.answers) if each.id in later), None)


def _before(flow: Flow, told: Told, at: Screen) -> Step:
    order = [each.id for each in flow.screens(None)]
    earlier = set(order[: order.index(at.id)])
    before = [each for each in flow.screens(told.answers) if each.id in earlier]
    return Show(screen=before[-1], problems={}) if before else Leave()


def _is_last(flow: Flow, told: Told, at: Screen) -> bool:
    return _after(flow, told, at) is None and isinstance(_ask_what_is_open(flow, told), Done)


def _ask_what_is_open(flow: Flow, told: Told) -> Step:
    for screen in flow.screens(told.answers):
        if problems_on(screen, told):
            return Show(screen=screen, problems={})
    return Done()


def _newly_emergency(told: Told, screen: Screen) -> bool:
    """Say whether this screen's own answers made it an emergency."""
    answers = told.answers
    before = {id: a for id, a in answers.answers.items() if id not in screen.questions}
    unasked = {id: None for id in screen.questions if QUESTIONS[id].in_context}
    without = replace(answers, answers=before, context=replace(answers.context, **unasked))
    return bool(_emergencies(answers) - _emergencies(without))


def _emergencies(answers: SafetyAnswers) -> set[str]:
    result = triage(answers, rules=rules_in_force(answers.given_on), today=answers.given_on)
    return {each.rule for each in result.fired if each.disposition is Disposition.EMERGENCY}
