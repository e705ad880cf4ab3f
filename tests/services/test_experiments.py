"""Experiments and patterns are kept, sealed, one at a time, and off until they are wanted."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from safetomove.core.contributors import Area, PainMap, Thing, Turns
from safetomove.core.diary import CheckIn
from safetomove.core.experiments import READY, Experiment, Outcome, Side, Verdict, own_question
from safetomove.records.models import AuditRow, DocumentRow
from safetomove.services import documents, experiments, pain_map, patterns
from safetomove.services.check_in import save_check_in
from safetomove.services.days import write_new_days
from safetomove.services.documents import Kind
from safetomove.services.experiments import NoSuchExperiment, NotADayOfIt, OneAtATime
from safetomove.services.export import export_json
from safetomove.services.holding import hold
from safetomove.services.people import start_guest
from safetomove.services.refusals import KeyReused
from safetomove.services.today import Today, review_today
from tests.people import NOW, TODAY, noon

pytestmark = pytest.mark.django_db

RELAX, WALK = READY[0], READY[2]


@pytest.fixture
def asha() -> UUID:
    return start_guest(now=NOW)


def begun(person: UUID, *, key: str = "k", days: int = 28) -> Experiment:
    return experiments.start(
        person=person, question=WALK, days=days, client_key=key, now=NOW
    )  # fmt: skip


def lived(person: UUID, one: Experiment, *, effect: float, days: int = 28) -> None:
    """Write the days of an experiment, with an effect on those that were to try it."""
    first = one.design.first_day
    whole = [first + timedelta(days=n) for n in range(days)]
    rows = [
        CheckIn(
            day=day,
            interference=5.0 + n % 3 * 0.5 + (effect if one.side_on(day) is Side.TRY else 0.0),
        )
        for n, day in enumerate(whole)
    ]
    with transaction.atomic():
        write_new_days(hold(person), rows, now=NOW)


def today_of(person: UUID, day: date = TODAY) -> Today:
    return review_today(person=person, now=noon(day))


def test_a_test_begins_tomorrow_and_comes_back_as_it_was_fixed(asha: UUID) -> None:
    one = begun(asha)
    assert one.design.first_day == TODAY + timedelta(days=1)
    shown = experiments.one_of(person=asha, id=one.id, now=NOW)
    assert shown.experiment == one
    assert shown.side is None


def test_the_same_form_sent_twice_begins_one_test(asha: UUID) -> None:
    assert begun(asha) == begun(asha)
    assert DocumentRow.objects.filter(kind=Kind.EXPERIMENT).count() == 1
    assert AuditRow.objects.filter(verb="experiment_begun").count() == 1


def test_the_same_key_with_another_plan_is_refused(asha: UUID) -> None:
    begun(asha)
    with pytest.raises(KeyReused):
        begun(asha, days=56)


def test_two_tests_at_once_would_blur_each_other(asha: UUID) -> None:
    begun(asha)
    with pytest.raises(OneAtATime):
        begun(asha, key="other")


def test_ending_and_beginning_again_does_not_draw_other_days(asha: UUID) -> None:
    first = begun(asha)
    experiments.end(person=asha, id=first.id, now=NOW)
    again = begun(asha, key="other")
    assert again.id != first.id
    assert (again.seed, again.fingerprint) == (first.seed, first.fingerprint)


def test_two_people_get_different_days(asha: UUID) -> None:
    assert begun(asha).seed != begun(start_guest(now=NOW)).seed


def test_today_costs_no_query_more_for_those_without_a_test(asha: UUID) -> None:
    known = today_of(asha)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert experiments.running(person=asha, today=known) is None
        assert patterns.asked_today(person=asha, today=known, day=TODAY) == ()
    assert len(queries) == 0


def test_today_knows_the_side_of_the_running_test(asha: UUID) -> None:
    one = begun(asha)
    day = one.design.first_day + timedelta(days=4)
    shown = experiments.running(person=asha, today=today_of(asha, day))
    assert shown is not None
    assert shown.side is one.side_on(day)


def test_what_was_done_lies_in_the_diary_and_can_be_changed(asha: UUID) -> None:
    one = begun(asha)
    day = one.design.first_day
    for key, did in (("a", True), ("b", False)):
        experiments.note_tried(
            person=asha, id=one.id, day=day, did=did, client_key=key, now=noon(day)
        )
    shown = experiments.one_of(person=asha, id=one.id, now=noon(day))
    assert shown.did(day) is False


@pytest.mark.parametrize("off", [0, 5, 40])
def test_a_day_outside_the_test_or_to_come_is_refused(asha: UUID, off: int) -> None:
    one = begun(asha)
    with pytest.raises(NotADayOfIt):
        experiments.note_tried(
            person=asha,
            id=one.id,
            day=TODAY + timedelta(days=off),
            did=True,
            client_key="a",
            now=noon(TODAY + timedelta(days=1)),
        )


def test_a_help_is_read_at_a_look_and_kept_with_the_ended_test(asha: UUID) -> None:
    one = begun(asha)
    lived(asha, one, effect=-3.0)
    at = noon(one.design.read_on)
    result = experiments.one_of(person=asha, id=one.id, now=at).standing.result
    assert result is not None
    assert result.verdict is Verdict.HELPS
    experiments.end(person=asha, id=one.id, now=at)
    # What is noted later does not change what was read.
    late = CheckIn(day=one.design.last_day, interference=0.0)
    save_check_in(person=asha, check_in=late, client_key="late", now=at)
    (kept,) = experiments.all_of(person=asha, now=at)
    assert kept.standing.result == result
    assert not kept.running


def test_stopping_early_keeps_the_test_and_frees_the_place(asha: UUID) -> None:
    one = begun(asha)
    for _ in range(2):
        ended = experiments.end(person=asha, id=one.id, now=NOW)
    assert ended.standing.result is None
    assert AuditRow.objects.filter(verb="experiment_ended").count() == 1
    assert "experiment" not in today_of(asha).choices
    assert begun(asha, key="next").id != one.id


def test_a_test_of_somebody_else_is_not_there(asha: UUID) -> None:
    one = begun(asha)
    other = start_guest(now=NOW)
    with pytest.raises(NoSuchExperiment):
        experiments.one_of(person=other, id=one.id, now=NOW)
    with pytest.raises(NoSuchExperiment):
        experiments.end(person=other, id=one.id, now=NOW)


def test_words_of_ones_own_rest_sealed_and_are_in_the_export(asha: UUID) -> None:
    question = own_question("heliotrope tea", outcome=Outcome.MOOD, lag=0, lingers=False)
    experiments.start(person=asha, question=question, days=28, client_key="k", now=NOW)
    assert not any(b"heliotrope" in bytes(row.sealed) for row in DocumentRow.objects.all())
    assert "heliotrope" in str(export_json(person=asha))


def test_chances_are_told_to_a_stranger_and_from_ones_own_days(asha: UUID) -> None:
    noise, rows = experiments.prospects(person=None, question=WALK, now=NOW)
    assert noise.own_days == 0
    assert [row.days for row in rows] == list(WALK.lengths)
    quiet = [CheckIn(day=TODAY - timedelta(days=n), interference=4.0 + n % 2) for n in range(1, 60)]
    with transaction.atomic():
        write_new_days(hold(asha), quiet, now=NOW)
    mine, own = experiments.prospects(person=asha, question=WALK, now=NOW)
    assert mine.own_days == 59
    assert own[-1].chances[0] > rows[-1].chances[0]


def test_patterns_are_off_until_turned_on_and_can_be_turned_off(asha: UUID) -> None:
    assert patterns.patterns_of(person=asha, now=NOW).patterns is None
    patterns.turn(person=asha, on=True, now=NOW)
    assert patterns.patterns_of(person=asha, now=NOW).on
    patterns.turn(person=asha, on=False, now=NOW)
    assert not patterns.is_on(today_of(asha))


def noted(person: UUID, days: int, *, upto: date = TODAY) -> None:
    rows = [
        CheckIn(
            day=upto - timedelta(days=n),
            interference=float((n * 7) % 5 + 2),
            sleep_quality=float((n * 3) % 6 + 2),
            extra={"own:Long drive": "yes" if n % 3 else "no", "tried:x": "yes"},
        )
        for n in range(1, days + 1)
    ]
    with transaction.atomic():
        write_new_days(hold(person), rows, now=NOW)


def test_what_is_found_is_frozen_from_monday_to_monday(asha: UUID) -> None:
    noted(asha, 50)
    patterns.turn(person=asha, on=True, now=NOW)
    monday = TODAY - timedelta(days=TODAY.weekday())
    before = patterns.patterns_of(person=asha, now=noon(monday))
    assert before.patterns is not None
    assert before.patterns.last_day == monday - timedelta(days=1)
    save_check_in(
        person=asha, check_in=CheckIn(day=TODAY, interference=9.0), client_key="k", now=NOW
    )
    assert patterns.patterns_of(person=asha, now=NOW).patterns == before.patterns


def test_ones_own_things_are_looked_at_and_the_notes_of_a_test_are_not(asha: UUID) -> None:
    noted(asha, 50)
    patterns.turn(person=asha, on=True, now=NOW)
    found = patterns.patterns_of(person=asha, now=NOW).patterns
    assert found is not None
    names = {each.contributor for each in found.associations}
    assert names == {"sleep_quality", "own:Long drive"}


def test_under_28_days_the_page_counts_down(asha: UUID) -> None:
    noted(asha, 20, upto=TODAY - timedelta(days=TODAY.weekday()))
    patterns.turn(person=asha, on=True, now=NOW)
    assert patterns.patterns_of(person=asha, now=NOW).days_left == 8


def test_two_questions_a_day_take_turns_and_come_from_the_map(asha: UUID) -> None:
    drive = Thing(area=Area.LIFE, turns=Turns.UP, words="Long drive")
    pain_map.save_map(person=asha, about=PainMap(things=(drive,)), now=NOW)
    patterns.turn(person=asha, on=True, now=NOW)
    known = today_of(asha)
    days = [TODAY + timedelta(days=n) for n in range(14)]
    asked = [patterns.asked_today(person=asha, today=known, day=day) for day in days]
    assert all(len(each) == patterns.ASKED_A_DAY for each in asked)
    assert {name for each in asked for name in each} == {
        "mood", "worry", "guarding", "social", "own:Long drive",
    }  # fmt: skip
    assert asked[0] == patterns.asked_today(person=asha, today=known, day=days[0])


@pytest.mark.parametrize("changed", [{"version": 2}, {"seed": "1"}, {"design": None}])
def test_a_plan_that_can_not_be_read_takes_no_page_down(
    asha: UUID, changed: dict[str, object]
) -> None:
    one = begun(asha)
    with transaction.atomic():
        held = hold(asha)
        data = {"experiment": {**one.to_json(), **changed}, "result": None}
        documents.put(held, Kind.EXPERIMENT, data, now=NOW, name=one.id)
    assert experiments.running(person=asha, today=today_of(asha)) is None
    assert experiments.all_of(person=asha, now=NOW) == ()
    with pytest.raises(NoSuchExperiment):
        experiments.one_of(person=asha, id=one.id, now=NOW)
