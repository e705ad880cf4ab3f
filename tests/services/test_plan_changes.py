"""A physiotherapist changes one person's plan: within the rule, in sight, and theirs to refuse."""

from datetime import datetime, timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from safetomove.core.errors import BadInput
from safetomove.core.pacing import Alters
from safetomove.core.safety import FLAGS, Answer, Context, SafetyAnswers
from safetomove.records.models import AuditRow, ClinicDocumentRow
from safetomove.services import plans, safety_check
from safetomove.services.clinic import my_plan, sharing
from safetomove.services.clinic.members import Member
from safetomove.services.clinic.members import member as member_of
from safetomove.services.clinic.plan_change import State
from safetomove.services.clinic.plan_changes import (
    REASON_TOP,
    Asked,
    change_plan,
    plan_of,
    take_back,
)
from safetomove.services.clinic.refusals import NoSuchMember, NotShared
from safetomove.services.clinic.sharing import Item
from safetomove.services.clinic.staff import Desk, Role
from safetomove.services.export import export_json
from safetomove.services.today import review_today
from tests.clinics import NOW, a_clinic, a_member, a_worker
from tests.people import walking

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


@pytest.fixture
def at() -> Desk:
    return a_worker(a_clinic(), Role.PHYSIOTHERAPIST, name="Dana Price").at


def somebody(at: Desk, *shared: Item, cleared: bool = True) -> tuple[Member, UUID]:
    """Return somebody who walks 10 minutes and wants 30, safety questions answered."""
    member = member_of(at.held, a_member(at, "Amina", *(shared or (Item.PLAN,))))
    assert member.person is not None
    if cleared:
        answer(member.person)
    plan = walking(baseline=10.0, goal=30.0, started=TODAY - timedelta(days=10))
    plans.choose_activity(person=member.person, plan=plan, now=NOW)
    return member, member.person


def answer(person: UUID, now: datetime = NOW) -> None:
    given = SafetyAnswers(
        answers=dict.fromkeys(FLAGS, Answer.NO),
        context=Context(age=50, pregnant=Answer.NO),
        given_on=now.date(),
    )
    safety_check.save_answers(person=person, answers=given, now=now)


def asked(alters: Alters = Alters.AMOUNT, value: float | None = 6.0, weeks: int = 2) -> Asked:
    return Asked(
        activity="walking",
        alters=alters,
        value=value,
        until=TODAY + timedelta(weeks=weeks),
        reason="Your knee is sore after the fall.",
    )


def dose(person: UUID, days: int = 0) -> float | None:
    review = review_today(person=person, now=NOW + timedelta(days=days)).review
    return review.doses[0].dose if review.doses else None


def test_a_lower_amount_holds_at_once_with_the_reason_and_who_gave_it(at: Desk) -> None:
    member, person = somebody(at)
    assert dose(person) == 10.0
    id = change_plan(at, member, asked(), client_key="a", now=NOW)
    assert dose(person) == 6.0
    shown = my_plan.changes_today(person, review_today(person=person, now=NOW))["walking"]
    assert (shown.id, shown.by, shown.clinic_name) == (id, "Dana Price", at.held.name)
    assert shown.reason == "Your knee is sore after the fall."
    assert dose(person, days=14) == 6.0
    assert "Your knee is sore" in export_json(person=person)


def test_the_same_form_twice_makes_one_change_and_both_audits_hold_it(at: Desk) -> None:
    member, person = somebody(at)
    ids = {change_plan(at, member, asked(), client_key="a", now=NOW) for _ in range(2)}
    assert len(ids) == 1
    rows = AuditRow.objects.filter(person=person, verb="changed_by_clinic")
    assert [row.actor for row in rows] == [at.staff.actor]
    kept = ClinicDocumentRow.objects.filter(kind="plan_change", member_id=member.id)
    assert kept.count() == 1


def test_after_a_no_it_does_not_apply_and_the_clinic_sees_that(at: Desk) -> None:
    member, person = somebody(at)
    id = change_plan(at, member, asked(), client_key="a", now=NOW)
    for _ in range(2):
        my_plan.say_no(person=person, change=id, now=NOW)
    assert dose(person) == 10.0
    assert my_plan.changes_today(person, review_today(person=person, now=NOW)) == {}
    ((change, state),) = plan_of(at, member, now=NOW).changes
    assert (change.id, state) == (id, State.SAID_NO)
    assert AuditRow.objects.filter(person=person, verb="said_no_to_clinic").count() == 1


def test_a_change_can_be_taken_back_and_a_later_one_takes_its_place(at: Desk) -> None:
    member, person = somebody(at)
    first = change_plan(at, member, asked(), client_key="a", now=NOW)
    second = change_plan(at, member, asked(value=8.0), client_key="b", now=NOW)
    assert dose(person) == 8.0
    take_back(at, member, second, now=NOW)
    take_back(at, member, second, now=NOW)
    assert dose(person) == 10.0
    states = {change.id: state for change, state in plan_of(at, member, now=NOW).changes}
    assert states == {first: State.REPLACED, second: State.TAKEN_BACK}
    other = a_worker(a_clinic("Elsewhere"), Role.PHYSIOTHERAPIST).at
    with pytest.raises(NotShared):
        take_back(other, member, first, now=NOW)
    with pytest.raises(NoSuchMember):
        take_back(at, member, "unknown", now=NOW)


def test_a_pause_asks_for_nothing_and_then_the_plan_goes_on(at: Desk) -> None:
    member, person = somebody(at)
    change_plan(at, member, asked(Alters.PAUSE, None, weeks=1), client_key="a", now=NOW)
    review = review_today(person=person, now=NOW).review
    assert (review.doses, review.paused) == ((), ("walking",))
    later = review_today(person=person, now=NOW + timedelta(days=8)).review
    assert later.paused == ()
    assert later.doses[0].reasons[0].code == "back_after_pause"


def test_after_a_pause_of_weeks_the_first_day_back_is_easier(at: Desk) -> None:
    member, person = somebody(at)
    change_plan(at, member, asked(Alters.PAUSE, None, weeks=5), client_key="a", now=NOW)
    for days in (9, 20, 27, 34):
        answer(person, NOW + timedelta(days=days))
    assert dose(person, days=35) is None
    answer(person, NOW + timedelta(days=36))
    assert dose(person, days=36) == 7.5


def test_more_than_the_rule_rises_by_no_more_than_a_day_may_add(at: Desk) -> None:
    member, person = somebody(at)
    change_plan(at, member, asked(value=20.0), client_key="a", now=NOW)
    doses = [dose(person, days=n) for n in range(14)]
    assert doses[:2] == [11.5, 13.0]
    for before, after in pairwise(doses):
        assert before is not None
        assert after is not None
        assert before <= after <= min(20.0, before * 1.15)
    assert doses[-1] == 20.0


def test_without_clearance_nothing_is_shown_and_no_more_may_be_asked(at: Desk) -> None:
    member, person = somebody(at, cleared=False)
    change_plan(at, member, asked(), client_key="a", now=NOW)
    assert dose(person) is None
    with pytest.raises(BadInput, match="safety questions"):
        change_plan(at, member, asked(value=12.0), client_key="b", now=NOW)
    with pytest.raises(BadInput, match="safety questions"):
        change_plan(at, member, asked(Alters.STEP, 0.02), client_key="c", now=NOW)


@pytest.mark.parametrize(
    ("alters", "value", "weeks"),
    [
        (Alters.AMOUNT, 31.0, 2),  # above the person's own goal
        (Alters.AMOUNT, 0.0, 2),
        (Alters.AMOUNT, float("nan"), 2),
        (Alters.AMOUNT, None, 2),
        (Alters.FLOOR, 6.0, 2),  # above half of where they began
        (Alters.STEP, 0.16, 2),
        (Alters.PAUSE, 3.0, 2),
        (Alters.AMOUNT, 6.0, -1),
        (Alters.AMOUNT, 6.0, 13),
    ],
)
def test_what_can_t_be_followed_is_refused_and_nothing_is_kept(
    at: Desk, alters: Alters, value: float | None, weeks: int
) -> None:
    member, person = somebody(at)
    with pytest.raises(BadInput):
        change_plan(at, member, asked(alters, value, weeks), client_key="a", now=NOW)
    assert dose(person) == 10.0
    assert plan_of(at, member, now=NOW).changes == ()


@pytest.mark.parametrize("reason", ["", "  ", "x" * (REASON_TOP + 1)])
def test_a_change_needs_a_reason(reason: str) -> None:
    with pytest.raises(BadInput, match="why"):
        Asked(activity="walking", alters=Alters.PAUSE, value=None, until=TODAY, reason=reason)


def test_while_the_start_is_being_found_only_a_pause_can_be_set(at: Desk) -> None:
    member, person = somebody(at)
    swims = walking(id="swimming", baseline=None, started=TODAY)
    plans.choose_activity(person=person, plan=swims, now=NOW)
    ask = Asked(activity="swimming", alters=Alters.AMOUNT, value=5.0, until=TODAY, reason="Rest")
    with pytest.raises(BadInput, match="starting point"):
        change_plan(at, member, ask, client_key="a", now=NOW)
    pause = Asked(activity="swimming", alters=Alters.PAUSE, value=None, until=TODAY, reason="Rest")
    change_plan(at, member, pause, client_key="b", now=NOW)
    assert review_today(person=person, now=NOW).review.paused == ("swimming",)


def test_what_is_not_shared_can_t_be_changed(at: Desk) -> None:
    member, person = somebody(at, Item.MAP)
    with pytest.raises(NotShared):
        change_plan(at, member, asked(), client_key="a", now=NOW)
    sharing.leave(person=person, member=member.id, now=NOW)
    with pytest.raises(NotShared):
        plan_of(at, member_of(at.held, member.id), now=NOW)


def test_a_new_goal_keeps_the_change_and_a_new_start_ends_it(at: Desk) -> None:
    member, person = somebody(at)
    id = change_plan(at, member, asked(), client_key="a", now=NOW)
    goal = walking(baseline=10.0, goal=20.0)
    plans.change_plan(person=person, plan=goal, now=NOW)
    assert dose(person) == 6.0
    plans.change_plan(person=person, plan=walking(baseline=9.0, goal=20.0), now=NOW)
    assert dose(person) == 9.0
    ((change, state),) = plan_of(at, member, now=NOW).changes
    assert (change.id, state) == (id, State.NOT_IN_PLAN)


def test_today_reads_nothing_more_where_no_change_is_in_force(at: Desk) -> None:
    _, person = somebody(at)
    today = review_today(person=person, now=NOW)
    with CaptureQueriesContext(connection) as asked_for:
        assert my_plan.changes_today(person, today) == {}
    assert len(asked_for) == 0
