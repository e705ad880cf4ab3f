"""What a virtual patient is asked is what the spine would tell a person with that diary."""

from dataclasses import fields
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from safetomove.core.diary import CheckIn, Diary
from safetomove.core.pacing import DayObservations, default_policy
from safetomove.core.record import PatientRecord
from safetomove.core.review import review_day
from safetomove.core.safety import newest_rules
from safetomove.core.simulation import Cohort, FamilyId, live
from tests.people import all_clear, walking

FIRST, DAYS = date(2026, 3, 2), 40


class Heard:
    """The shipped rule, with everything it was told and asked."""

    def __init__(self) -> None:
        self.rule, self.days, self.doses = default_policy(), [], []  # type: ignore[var-annotated]

    def start(self, n: int, *, baseline: Any, goal: Any) -> Any:
        self.baseline, self.goal = baseline, goal
        return self.rule.start(n, baseline=baseline, goal=goal)

    def next(self, state: Any, day: DayObservations) -> Any:
        self.days.append(day)
        self.doses.append(self.rule.next(state, day))
        return self.doses[-1]


def check_in(n: int, day: DayObservations, who: int) -> CheckIn:
    told = {it.name: float(getattr(day, it.name)[who]) for it in fields(day)}
    if np.isnan(told["flare"]):
        return CheckIn(day=FIRST + timedelta(days=n))
    return CheckIn(
        day=FIRST + timedelta(days=n),
        flare=told["flare"] == 1,
        pain=told["pain"],
        sleep_quality=told["sleep"],
        stress=told["stress"],
        done={"walking": told["done"]},
        planned={"walking": told["planned"]},
    )


@pytest.mark.parametrize("who", [0, 7, 19])
def test_a_virtual_patient_gets_the_dose_of_the_spine(who: int) -> None:
    heard = Heard()
    live(Cohort.of(FamilyId.THRESHOLD, people=20, days=DAYS, seed=3), heard)
    plan = walking(started=FIRST, baseline=float(heard.baseline[who]), goal=float(heard.goal[who]))
    lived = [check_in(n, day, who) for n, day in enumerate(heard.days[1:])]
    for n in range(1, DAYS - 1):
        today = FIRST + timedelta(days=n)
        diary = Diary(tuple(one for one in lived[:n] if not one.empty))
        record = PatientRecord(safety=all_clear(given_on=today), plans=(plan,), diary=diary)
        review = review_day(record, today=today, rules=newest_rules())
        # The first call of a trial is one silent day before the first one lived.
        assert review.doses[0].unrounded == pytest.approx(heard.doses[n][who], rel=1e-12)
