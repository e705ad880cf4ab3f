"""The experiments that come ready-made, and what may not be tried at all."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from safetomove.core.errors import BadInput
from safetomove.core.experiments.design import (
    LENGTHS,
    LINGERING_BLOCK_DAYS,
    LINGERING_LENGTHS,
    Design,
    Outcome,
)

NAME_LENGTH: Final = 60  # letters


class Care(StrEnum):
    """What an experiment asks us to mind."""

    MOVES = "moves"  # waits while the safety questions are open, and is lighter in a flare-up
    SLEEP = "sleep"  # a late night may follow a worse evening


class Refused(StrEnum):
    """What may not be tried on chance days."""

    MEDICINE = "medicine"
    GUARDING = "guarding"  # rest, bracing: a test would teach protection
    GOING_WITHOUT = "going_without"  # food, drink, sleep, alcohol
    EMPTY = "empty"
    LONG = "long"


class NotForATest(BadInput):
    """Chance may not decide about this; `why` says which kind it is."""

    def __init__(self, why: Refused) -> None:
        self.why = why
        super().__init__(f"this can't be tried on chance days: {why.value}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Something to try and where it should show. `name` is the person's own words, if any."""

    id: str
    outcome: Outcome
    lag: int
    lingers: bool = False
    cares: frozenset[Care] = frozenset()
    name: str = ""

    @property
    def lengths(self) -> tuple[int, ...]:
        """List how many days it may last."""
        return LINGERING_LENGTHS if self.lingers else LENGTHS

    def design(self, *, first_day: date, days: int) -> Design:
        """Plan it; refuses with BadInput a length that isn't offered."""
        if days not in self.lengths:
            raise BadInput("choose one of the lengths offered")
        block = LINGERING_BLOCK_DAYS if self.lingers else 1
        return Design(
            first_day=first_day, days=days, outcome=self.outcome, lag=self.lag, block_days=block
        )


OWN: Final = "own"
_INTERFERENCE, _SLEEP, _MOOD = Outcome.INTERFERENCE, Outcome.SLEEP_QUALITY, Outcome.MOOD

# What each is tied to is our own choice; each is safe to do or to leave on any day.
READY: Final = (
    Question(id="evening_relaxation", outcome=_INTERFERENCE, lag=1),
    Question(id="screens_off", outcome=_SLEEP, lag=1, cares=frozenset({Care.SLEEP})),
    Question(id="short_walk", outcome=_INTERFERENCE, lag=0, cares=frozenset({Care.MOVES})),
    Question(id="sitting_breaks", outcome=_INTERFERENCE, lag=0),
    Question(
        id="morning_moves",
        outcome=_INTERFERENCE,
        lag=0,
        lingers=True,
        cares=frozenset({Care.MOVES}),
    ),
    Question(id="see_a_friend", outcome=_MOOD, lag=0),
    Question(id="daylight", outcome=_SLEEP, lag=1),
    Question(id="worry_list", outcome=_SLEEP, lag=1, cares=frozenset({Care.SLEEP})),
)


def ready(id: str) -> Question | None:
    """Find a ready-made question."""
    return next((one for one in READY if one.id == id), None)


# A net with holes, beside the page's own words: what is caught here is never argued with.
_REFUSED: Final = (
    (
        Refused.MEDICINE,
        r"tablet|pill|medic|painkiller|opioid|codeine|morphine|tramadol|paracetamol|ibuprofen|"
        r"naproxen|amitriptyline|gabapentin|pregabalin|diazepam|steroid|patch|inhaler|insulin|"
        r"dose|drug|supplement|cannabis|cbd\b|injection",
    ),
    (
        Refused.GUARDING,
        r"\bbed ?rest|stay(ing)? in bed|lie down all|lying down all|\bbrac(e|ing)|corset|"
        r"not (bend|mov|lift|walk)|no (bend|mov|lift|walk)|avoid|without (bend|mov|lift|walk)",
    ),
    (
        Refused.GOING_WITHOUT,
        r"alcohol|wine\b|beer\b|whisky|smok|vap(e|ing)|fast(ing)?\b|skip(ping)? (a )?(meal|lunch|"
        r"dinner|breakfast|sleep)|no (food|sleep)|starv",
    ),
)


def own_question(name: str, *, outcome: Outcome, lag: int, lingers: bool) -> Question:
    """Make a question of the person's own; NotForATest where chance may not decide."""
    name = " ".join(name.split())
    if not name:
        raise NotForATest(Refused.EMPTY)
    if len(name) > NAME_LENGTH:
        raise NotForATest(Refused.LONG)
    for why, words in _REFUSED:
        if re.search(words, name, re.IGNORECASE):
            raise NotForATest(why)
    return Question(id=OWN, outcome=outcome, lag=lag, lingers=lingers, name=name)
