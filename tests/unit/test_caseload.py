"""Whoever has a warning sign is seen first, and every line says why."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest

from safetomove.core.caseload import SILENT_DAYS, Facts, Reason, place
from safetomove.core.flare import Spell
from safetomove.core.safety import Disposition

TODAY = date(2026, 11, 17)
LATELY = TODAY - timedelta(days=3)


def reasons(facts: Facts) -> list[Reason]:
    return [why.reason for why in place(facts, today=TODAY).reasons]


def test_somebody_of_whom_nothing_calls_is_listed_as_well() -> None:
    assert reasons(Facts(disposition=Disposition.PROCEED, last_entry=LATELY)) == [Reason.WELL]
    assert place(Facts(), today=TODAY).urgency == 0


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        (Facts(disposition=Disposition.EMERGENCY), Reason.EMERGENCY),
        (Facts(disposition=Disposition.SAME_DAY), Reason.SAME_DAY),
        (Facts(disposition=Disposition.SOON), Reason.SOON),
        (Facts(self_harm=LATELY), Reason.SELF_HARM),
        (Facts(room_stop=LATELY), Reason.STOPPED_IN_SESSION),
        (Facts(ask_again=LATELY), Reason.ASK_AGAIN),
        (Facts(flare=Spell(began=TODAY - timedelta(days=14))), Reason.NOT_SETTLING),
        (Facts(worse=True), Reason.WORSE),
        (Facts(last_entry=TODAY - timedelta(days=SILENT_DAYS + 1)), Reason.STOPPED),
        (Facts(missed_in_a_row=2), Reason.STOPPED),
        (Facts(goals_held=True), Reason.GOAL_REACHED),
        (Facts(questions_due=True), Reason.NOT_ASKED),
    ],
)
def test_each_thing_that_calls_is_named(facts: Facts, reason: Reason) -> None:
    assert reasons(facts) == [reason]


@pytest.mark.parametrize(
    "facts",
    [
        Facts(disposition=Disposition.ROUTINE),
        Facts(flare=Spell(began=TODAY - timedelta(days=13))),
        Facts(flare=Spell(began=TODAY - timedelta(days=60), ended=LATELY)),
        Facts(last_entry=TODAY - timedelta(days=SILENT_DAYS)),
        Facts(missed_in_a_row=1),
    ],
)
def test_what_does_not_call_yet_is_not_named(facts: Facts) -> None:
    assert reasons(facts) == [Reason.WELL]


def test_no_good_news_ever_lowers_a_warning_sign() -> None:
    signs = [Disposition.EMERGENCY, Disposition.SAME_DAY, Disposition.SOON]
    for sign, held, worse, missed in product(signs, (True, False), (True, False), (0, 3)):
        alone = Facts(disposition=sign)
        more = replace(alone, goals_held=held, worse=worse, missed_in_a_row=missed)
        assert reasons(more)[0] is reasons(alone)[0]
        assert place(more, today=TODAY).urgency == place(alone, today=TODAY).urgency


def test_every_reason_that_holds_is_listed_most_urgent_first() -> None:
    facts = Facts(
        disposition=Disposition.SAME_DAY, ask_again=LATELY, goals_held=True, missed_in_a_row=2
    )
    found = place(facts, today=TODAY).reasons
    assert [why.reason for why in found] == [
        Reason.SAME_DAY,
        Reason.ASK_AGAIN,
        Reason.STOPPED,
        Reason.GOAL_REACHED,
    ]
