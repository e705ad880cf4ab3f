"""Activities are chosen, changed and left; the demonstration lives by the real rule."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from django.contrib.auth import authenticate

from safetomove.core.errors import BadInput
from safetomove.core.pacing import Change, Unit
from safetomove.services.demo import make_demo
from safetomove.services.export import export_json
from safetomove.services.people import (
    keep_choice,
    local_day,
    person_exists,
    set_zone,
    start_guest,
)
from safetomove.services.plans import add_try, change_plan, choose_activity, leave_activity
from safetomove.services.refusals import BadZone, NoSuchActivity
from safetomove.services.today import review_today
from tests.people import NOW, TODAY, walking


@pytest.fixture
def asha(db: None) -> UUID:
    return start_guest(now=NOW)


def test_an_activity_is_chosen_once_and_at_most_eight_are(asha: UUID) -> None:
    choose_activity(person=asha, plan=walking(), now=NOW)
    with pytest.raises(BadInput):
        choose_activity(person=asha, plan=walking(), now=NOW)
    for n in range(7):
        choose_activity(person=asha, plan=walking(id=f"a{n}"), now=NOW)
    with pytest.raises(BadInput):
        choose_activity(person=asha, plan=walking(id="ninth"), now=NOW)


def test_an_activity_can_t_begin_tomorrow(asha: UUID) -> None:
    with pytest.raises(BadInput):
        choose_activity(person=asha, plan=walking(started=TODAY + timedelta(days=1)), now=NOW)


def test_an_activity_that_was_left_is_gone_from_today_and_kept_in_the_export(asha: UUID) -> None:
    choose_activity(person=asha, plan=walking(goal_text="round the lake"), now=NOW)
    leave_activity(person=asha, activity="walking", now=NOW)
    assert review_today(person=asha, now=NOW).record.plans == ()
    assert "round the lake" in export_json(person=asha)
    with pytest.raises(NoSuchActivity):
        leave_activity(person=asha, activity="walking", now=NOW)


def test_a_fourth_try_is_refused(asha: UUID) -> None:
    choose_activity(person=asha, plan=walking(baseline=None), now=NOW)
    for _ in range(3):
        add_try(person=asha, activity="walking", amount=10.0, now=NOW)
    with pytest.raises(BadInput):
        add_try(person=asha, activity="walking", amount=10.0, now=NOW)


def test_another_unit_is_another_activity(asha: UUID) -> None:
    choose_activity(person=asha, plan=walking(), now=NOW)
    with pytest.raises(BadInput):
        change_plan(person=asha, plan=replace(walking(), unit=Unit.STEPS), now=NOW)


def test_a_changed_plan_is_the_one_that_counts(asha: UUID) -> None:
    choose_activity(person=asha, plan=walking(), now=NOW)
    change_plan(person=asha, plan=walking(goal=40.0, goal_text="the hill"), now=NOW)
    [plan] = review_today(person=asha, now=NOW).record.plans
    assert (plan.goal, plan.goal_text, plan.started) == (40.0, "the hill", TODAY)


def test_a_time_zone_that_is_none_is_refused(asha: UUID) -> None:
    for zone in ("Mars/Olympus", "", "../etc/passwd", "Europe", "a" * 5000, "Europe/London\x00"):
        with pytest.raises(BadZone):
            set_zone(person=asha, zone=zone, now=NOW)


def test_a_time_without_its_offset_says_no_day() -> None:
    with pytest.raises(BadInput):
        local_day(now=NOW.replace(tzinfo=None), zone="Europe/London")


def test_settings_of_a_person_are_kept(asha: UUID) -> None:
    keep_choice(person=asha, name="moving_figures", value="no", now=NOW)
    assert review_today(person=asha, now=NOW).choices == {"moving_figures": "no"}


def test_the_demonstration_shows_doses_that_have_grown_by_the_rule(db: None) -> None:
    demo = make_demo(now=NOW)
    today = review_today(person=demo.person, now=NOW)
    assert today.review.cleared
    assert [dose.activity for dose in today.review.doses] == ["walking", "sit to stand"]
    assert all(dose.unrounded > dose.climb.baseline for dose in today.review.doses)
    assert {dose.change for dose in today.review.doses} <= set(Change)
    assert sum(week.typical is not None for week in today.weekly["walking"]) >= 11
    assert authenticate(username=demo.username, password=demo.password) is not None


def test_the_demonstration_made_again_replaces_the_old_one(db: None) -> None:
    first, second = make_demo(now=NOW), make_demo(now=NOW)
    assert first.password != second.password
    assert not person_exists(first.person)
    assert person_exists(second.person)
