"""The person's file: everything small and current, as one value and as JSON."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from safetomove.core.pacing import ActivityPlan, BadCheckpoint, Climb
from safetomove.core.record import Recheck, RecheckReason
from safetomove.core.safety import NoteCard, SafetyAnswers

Json = dict[str, Any]
WeeklyDoses = Mapping[str, Mapping[date, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """What the diary up to and on `through` comes to, so that those days needn't be read again.

    `weeks` maps a plan to the typical dose done in the week that began on each Monday;
    `flares` are the Mondays of weeks with a flare-up day.
    """

    through: date
    climbs: Mapping[str, Climb] = field(default_factory=dict)
    weeks: WeeklyDoses = field(default_factory=dict)
    flares: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFile:
    """What a page needs of a person besides the last weeks of the diary.

    `pins` hold where a plan stood just before its goal was changed: the climb goes on from
    there, and isn't climbed anew as though the goal had been this one all along.
    """

    zone: str
    checkpoint: Checkpoint
    safety: SafetyAnswers | None = None
    recheck: Recheck | None = None
    plans: tuple[ActivityPlan, ...] = ()
    pins: Mapping[str, Climb] = field(default_factory=dict)
    choices: Mapping[str, str] = field(default_factory=dict)

    @property
    def starts(self) -> dict[str, Climb]:
        """Return where each plan's climb is taken up; a plan without one starts at its foot."""
        return {**self.pins, **self.checkpoint.climbs}


def file_to_json(file: PersonFile) -> Json:
    """Return the file as plain values that JSON can hold."""
    return {
        "zone": file.zone,
        "checkpoint": _checkpoint_to_json(file.checkpoint),
        "safety": None if file.safety is None else safety_to_json(file.safety),
        "recheck": None if file.recheck is None else recheck_to_json(file.recheck),
        "plans": [plan.to_json() for plan in file.plans],
        "pins": {plan: climb.to_json() for plan, climb in file.pins.items()},
        "choices": dict(file.choices),
    }


def file_from_json(data: Json) -> PersonFile:
    """Read what `file_to_json` wrote."""
    return PersonFile(
        zone=data["zone"],
        checkpoint=_checkpoint_from_json(data["checkpoint"]),
        safety=None if data["safety"] is None else safety_from_json(data["safety"]),
        recheck=None if data["recheck"] is None else recheck_from_json(data["recheck"]),
        plans=tuple(ActivityPlan.from_json(plan) for plan in data["plans"]),
        pins=_pins_from_json(data["pins"]),
        choices=data["choices"],
    )


def safety_to_json(answers: SafetyAnswers) -> Json:
    return {"given_on": answers.given_on.isoformat(), **answers.to_json()}


def safety_from_json(data: Json) -> SafetyAnswers:
    rest = {name: value for name, value in data.items() if name != "given_on"}
    return SafetyAnswers.from_json(rest, given_on=date.fromisoformat(data["given_on"]))


def recheck_to_json(recheck: Recheck) -> Json:
    return {
        "reason": recheck.reason.value,
        "since": recheck.since.isoformat(),
        "cards": [card.value for card in recheck.cards],
    }


def recheck_from_json(data: Json) -> Recheck:
    return Recheck(
        reason=RecheckReason(data["reason"]),
        since=date.fromisoformat(data["since"]),
        cards=tuple(NoteCard(card) for card in data["cards"]),
    )


def _checkpoint_to_json(point: Checkpoint) -> Json:
    return {
        "through": point.through.isoformat(),
        "climbs": {plan: climb.to_json() for plan, climb in point.climbs.items()},
        "weeks": {
            plan: {monday.isoformat(): dose for monday, dose in weeks.items()}
            for plan, weeks in point.weeks.items()
        },
        "flares": sorted(week.isoformat() for week in point.flares),
    }


def _checkpoint_from_json(data: Json) -> Checkpoint:
    """Read a checkpoint; one made by an older dose rule is dropped and folded anew later."""
    try:
        climbs = {plan: Climb.from_json(climb) for plan, climb in data["climbs"].items()}
    except BadCheckpoint:
        return Checkpoint(through=date.min)
    return Checkpoint(
        through=date.fromisoformat(data["through"]),
        climbs=climbs,
        weeks={
            plan: {date.fromisoformat(monday): dose for monday, dose in weeks.items()}
            for plan, weeks in data["weeks"].items()
        },
        flares=frozenset(map(date.fromisoformat, data["flares"])),
    )


def _pins_from_json(data: Json) -> dict[str, Climb]:
    pins = {}
    for plan, climb in data.items():
        with suppress(BadCheckpoint):  # another dose rule climbs from the foot by its own lights
            pins[plan] = Climb.from_json(climb)
    return pins
