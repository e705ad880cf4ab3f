"""Hold what a person answered to the safety questions, and the day they answered it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from types import MappingProxyType
from typing import Final

from safetomove.core.errors import BadInput
from safetomove.core.safety.flags import (
    ANSWER_IDS,
    CONTEXT,
    FLARE_FLAGS,
    FOLLOW_UPS,
    ONLY_IF,
    Answer,
)

OLDEST_YEARS: Final = 120
ANSWERS_LAST_DAYS: Final = 28  # own rule: four weeks; reviewed 2026-11-22


class BadAnswers(BadInput):
    """The answers can't be read as meant, so no triage was made of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What changes the weight of a warning sign; `None` means it was not asked.

    pregnant: now, or gave birth in the last 3 months.
    recent_surgery: an operation on back, hip or tummy, or an injection into the spine,
        in the last 3 months.
    cancer_history: has cancer or ever had it.
    osteoporosis: thin bones, or a bone broken by a small fall.
    steroids: steroid tablets for 3 months or more.
    weak_immunity: diabetes, dialysis, TB, HIV, medicines that damp the immune system,
        drugs by injection.
    blood_thinner: takes one.
    """

    age: int | None = None
    pregnant: Answer | None = None
    recent_surgery: Answer | None = None
    cancer_history: Answer | None = None
    osteoporosis: Answer | None = None
    steroids: Answer | None = None
    weak_immunity: Answer | None = None
    blood_thinner: Answer | None = None

    def __post_init__(self) -> None:
        if self.age is not None and not 0 <= self.age <= OLDEST_YEARS:
            raise BadAnswers(f"age must be from 0 to {OLDEST_YEARS} years, not {self.age}")

    def answered(self) -> dict[str, Answer]:
        """Map each risk that was asked about to its answer; age is not among them."""
        pairs = ((name, getattr(self, name)) for name in CONTEXT)
        return {name: answer for name, answer in pairs if answer is not None}


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyAnswers:
    """One person's answers; `given_on` is the day that they count from.

    `full_check_on` is the day of the last full check. It differs from `given_on` only
    after a flare-up check has renewed the signs that can turn up overnight.
    """

    given_on: date
    answers: Mapping[str, Answer] = field(default_factory=dict)
    context: Context = field(default_factory=Context)
    full_check_on: date | None = None

    def __post_init__(self) -> None:
        _refuse_strangers(self.answers, ANSWER_IDS, "warning sign")
        for name, answer in self.answers.items():
            if not isinstance(answer, Answer):
                raise BadAnswers(f"{name} must be yes, no or unknown, not {answer!r}")
        if self.full_check_on is not None and self.full_check_on > self.given_on:
            raise BadAnswers("full_check_on can't be later than given_on")
        object.__setattr__(self, "answers", MappingProxyType(dict(self.answers)))

    @classmethod
    def from_json(cls, data: object, *, given_on: date) -> "SafetyAnswers":
        """Read `{"answers": {...}, "context": {...}}`; refuse what can't be read as meant."""
        whole = _object(data, "the answers file")
        _refuse_strangers(whole, ("answers", "context", "full_check_on"), "part")
        answers = _object(whole.get("answers", {}), "answers")
        _refuse_strangers(answers, ANSWER_IDS, "warning sign")
        return cls(
            given_on=given_on,
            answers={name: _answer(name, value) for name, value in answers.items()},
            context=_context(whole.get("context", {})),
            full_check_on=_day(whole.get("full_check_on")),
        )

    def to_json(self) -> dict[str, object]:
        """Return what `from_json` reads; questions that were not asked are left out."""
        context: dict[str, object] = {k: str(v) for k, v in self.context.answered().items()}
        if self.context.age is not None:
            context["age"] = self.context.age
        data: dict[str, object] = {
            "answers": {name: str(answer) for name, answer in self.answers.items()},
            "context": context,
        }
        if self.full_check_on is not None:
            data["full_check_on"] = self.full_check_on.isoformat()
        return data

    def updated(self, new: Mapping[str, Answer], *, given_on: date) -> "SafetyAnswers":
        """Lay a flare-up check over these answers.

        The day they count from moves on only if every flare-up question that applies was
        answered and the last full check is no more than 28 days old. Follow-ups of the old
        check are dropped: an old "it came on slowly" must not soften a new sign.
        """
        if given_on < self.given_on:
            raise BadAnswers("a flare-up check can't be older than the answers it adds to")
        kept = {k: v for k, v in self.answers.items() if k not in FOLLOW_UPS}
        full = self.full_check_on or self.given_on
        merged = replace(self, answers={**kept, **new}, full_check_on=full)
        renews = (given_on - full).days <= ANSWERS_LAST_DAYS and merged._covers_flare(new)
        return replace(merged, given_on=given_on) if renews else merged

    def applies(self, question: str) -> bool:
        """Say whether a question still needs asking, given the answers so far."""
        gates = ONLY_IF.get(question, ())
        return not gates or any(self._told(gate) is not Answer.NO for gate in gates)

    def _told(self, id: str) -> Answer | None:
        found: Answer | None = self.answers.get(id) or getattr(self.context, id, None)
        return found

    def _covers_flare(self, new: Mapping[str, Answer]) -> bool:
        return all(flag in new for flag in FLARE_FLAGS if self.applies(flag))


def _object(data: object, name: str) -> Mapping[str, object]:
    if not isinstance(data, Mapping) or not all(isinstance(key, str) for key in data):
        raise BadAnswers(f"{name} must be an object of names and values")
    return data


def _refuse_strangers(data: Mapping[str, object], known: Iterable[str], kind: str) -> None:
    strangers = sorted(set(data) - set(known))
    if strangers:
        raise BadAnswers(f"no {kind} is called {strangers[0]!r}")


def _answer(name: str, value: object) -> Answer:
    if isinstance(value, str) and value in set(Answer):
        return Answer(value)
    raise BadAnswers(f"{name} must be yes, no or unknown, not {value!r}")


def _context(data: object) -> Context:
    given = _object(data, "context")
    _refuse_strangers(given, [each.name for each in fields(Context)], "context")
    risks = {k: _answer(k, v) for k, v in given.items() if k != "age"}
    return Context(age=_age(given.get("age")), **risks)


def _age(value: object) -> int | None:
    if value is None or value == "unknown":
        return None
    if isinstance(value, bool) or not isinstance(value, int):
        raise BadAnswers(f"age must be a whole number of years, not {value!r}")
    return value


def _day(value: object) -> date | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise BadAnswers(f"full_check_on must be a day such as 2026-11-22, not {value!r}") from None
