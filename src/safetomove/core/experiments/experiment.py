"""One person's experiment, from its fixed plan to what came out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from safetomove.core.diary import Diary
from safetomove.core.errors import BadInput
from safetomove.core.experiments.design import Design, Outcome, Side, fingerprint_of, sides
from safetomove.core.experiments.looks import Result, read
from safetomove.core.experiments.ready import Care, Question
from safetomove.core.experiments.series import felt_days

VERSION: Final = 1  # of the JSON shape, and of the rule that draws and reads a plan
_TRIED: Final = "tried:"
_YES_NO: Final = {"yes": True, "no": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class Experiment:
    """A plan that can't be drawn again: its fingerprint was shown before the first day."""

    id: str
    question: Question
    design: Design
    seed: int
    fingerprint: str
    ended: date | None = None

    def __post_init__(self) -> None:
        if self.fingerprint != fingerprint_of(self.design, self.seed):
            raise BadInput("the plan is not the one that was fixed")

    @property
    def column(self) -> str:
        """Name the diary's own column in which doing is noted: yes or no."""
        return f"{_TRIED}{self.id}"

    def side_on(self, day: date) -> Side | None:
        """Return what a day asks for; None outside the experiment."""
        place = (day - self.design.first_day).days
        plan = sides(self.design, self.seed)
        return plan[place] if 0 <= place < len(plan) else None

    def lived(self, today: date) -> int:
        """Count the days that have been lived and felt, before today."""
        return max(0, min((today - self.design.first_day).days - self.design.lag, self.design.days))

    def to_json(self) -> dict[str, Any]:
        """Return plain values; `from_json` reads them back."""
        return {
            "version": VERSION,
            "id": self.id,
            "question": _question_to_json(self.question),
            "design": self.design.to_json(),
            "seed": str(self.seed),  # more digits than some readers of JSON keep
            "fingerprint": self.fingerprint,
            "ended": None if self.ended is None else self.ended.isoformat(),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Experiment":
        """Read what `to_json` wrote; refuses with BadInput a plan that was tampered with."""
        if data["version"] != VERSION:
            raise BadInput("this experiment was written by another version")
        return cls(
            id=data["id"],
            question=_question_from_json(data["question"]),
            design=Design.from_json(data["design"]),
            seed=int(data["seed"]),
            fingerprint=data["fingerprint"],
            ended=None if data["ended"] is None else date.fromisoformat(data["ended"]),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """How often a thing was done, of the days that say so."""

    asked: int
    did_when_asked: int
    usual: int
    did_as_usual: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where an experiment stands on a day. `result` is None until it may speak."""

    lived: int
    result: Result | None
    next_look: date | None
    kept: Kept


def begin(question: Question, *, id: str, first_day: date, days: int, seed: int) -> Experiment:
    """Draw the plan once and fix it."""
    design = question.design(first_day=first_day, days=days)
    fingerprint = fingerprint_of(design, seed)
    return Experiment(id=id, question=question, design=design, seed=seed, fingerprint=fingerprint)


def standing(experiment: Experiment, diary: Diary, *, today: date) -> Standing:
    """Say where an experiment stands: nothing of its numbers shows between two looks."""
    design = experiment.design
    until = today if experiment.ended is None else min(today, experiment.ended)
    lived = experiment.lived(until)
    felt = felt_days(design, sides(design, experiment.seed), diary)
    result = read(design, felt, lived=lived)
    over = result is not None or experiment.ended is not None
    return Standing(
        lived=lived,
        result=result,
        next_look=None if over else _next_look(design, lived),
        kept=_kept(experiment, diary, until),
    )


def told(experiment: Experiment, diary: Diary, day: date) -> bool | None:
    """Return whether the person said that they did it on a day; None where they didn't say."""
    check_in = diary.on(day)
    return None if check_in is None else _YES_NO.get(check_in.extra.get(experiment.column, ""))


def _next_look(design: Design, lived: int) -> date | None:
    ahead = [look for look in design.looks if look > lived]
    return design.first_day + timedelta(days=ahead[0] + design.lag) if ahead else None


def _kept(experiment: Experiment, diary: Diary, until: date) -> Kept:
    plan = sides(experiment.design, experiment.seed)
    first = experiment.design.first_day
    days = [(first + timedelta(days=place), side) for place, side in enumerate(plan)]
    said = [(side, told(experiment, diary, day)) for day, side in days if day <= until]
    asked = [did for side, did in said if side is Side.TRY and did is not None]
    usual = [did for side, did in said if side is Side.AS_USUAL and did is not None]
    return Kept(
        asked=len(asked), did_when_asked=sum(asked), usual=len(usual), did_as_usual=sum(usual)
    )


def _question_to_json(question: Question) -> dict[str, Any]:
    return {
        "id": question.id,
        "outcome": question.outcome.value,
        "lag": question.lag,
        "lingers": question.lingers,
        "cares": sorted(care.value for care in question.cares),
        "name": question.name,
    }


def _question_from_json(data: Mapping[str, Any]) -> Question:
    return Question(
        id=data["id"],
        outcome=Outcome(data["outcome"]),
        lag=data["lag"],
        lingers=data["lingers"],
        cares=frozenset(Care(care) for care in data["cares"]),
        name=data["name"],
    )
