"""Results are shared by consent alone, can be taken back, and never point to a person."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import transaction

from safetomove.core.experiments import READY, Experiment, Outcome, own_question
from safetomove.core.experiments.looks import Result, Verdict
from safetomove.records.models import AuditRow, DocumentHistory, DocumentRow, PersonKey
from safetomove.services import documents, experiments, pooling
from safetomove.services.documents import Kind
from safetomove.services.erase import erase_person
from safetomove.services.experiments import NoSuchExperiment
from safetomove.services.export import export_json
from safetomove.services.holding import hold
from safetomove.services.people import start_guest
from tests.people import NOW

pytestmark = pytest.mark.django_db

RELAX, WALK = READY[0], READY[2]


def came_to(effect: float, outcome: Outcome = WALK.outcome) -> Result:
    return Result(
        verdict=Verdict.HELPS,
        outcome=outcome,
        days=28,
        effect=effect,
        low=effect - 0.5,
        high=effect + 0.5,
        chance_better=0.9,
        tried_days=14,
        usual_days=14,
        tried_mean=4.0,
        usual_mean=4.0 - effect,
        measured=effect,
        measured_sd=0.3,
    )


def finished(person: UUID, *, effect: float = -0.6, key: str = "k") -> Experiment:
    """Keep a walking experiment of `person` as one that has ended with a result."""
    one = experiments.start(person=person, question=WALK, days=28, client_key=key, now=NOW)
    experiments.end(person=person, id=one.id, now=NOW)
    ended = replace(one, ended=NOW.date())
    with transaction.atomic():
        said = {"experiment": ended.to_json(), "result": came_to(effect).to_json()}
        documents.put(hold(person), Kind.EXPERIMENT, said, now=NOW, name=one.id)
    return ended


def sharer(n: int = 0, *, effect: float = -0.6) -> UUID:
    """Keep a person who shares one finished experiment; the nth to do so."""
    person = start_guest(now=NOW)
    ids = [finished(person, effect=effect).id]
    pooling.choose(person=person, ids=ids, now=NOW + timedelta(minutes=n))
    return person


@pytest.fixture
def asha() -> UUID:
    return start_guest(now=NOW)


def test_nothing_is_shared_until_i_say_so(asha: UUID) -> None:
    finished(asha)
    (offer,) = pooling.offers(person=asha)
    assert not offer.given
    assert not DocumentRow.objects.filter(kind=Kind.POOLED).exists()


def test_i_choose_which_and_saying_it_again_changes_nothing(asha: UUID) -> None:
    first, second = finished(asha), finished(asha, key="other")
    for _ in range(2):
        pooling.choose(person=asha, ids=[second.id], now=NOW)
    given = {one.experiment.id: one.given for one in pooling.offers(person=asha)}
    assert given == {first.id: False, second.id: True}
    assert AuditRow.objects.filter(verb="result_pooled").count() == 1


def test_taking_it_back_leaves_nothing_of_it(asha: UUID) -> None:
    one = finished(asha)
    pooling.choose(person=asha, ids=[one.id], now=NOW)
    pooling.choose(person=asha, ids=[], now=NOW)
    assert not DocumentRow.objects.filter(kind=Kind.POOLED).exists()
    assert not DocumentHistory.objects.filter(kind=Kind.POOLED).exists()
    assert AuditRow.objects.filter(verb="result_taken_back").count() == 1


def test_what_is_somebody_elses_runs_or_is_of_my_own_can_not_be_shared(asha: UUID) -> None:
    theirs = finished(start_guest(now=NOW))
    running = experiments.start(person=asha, question=WALK, days=28, client_key="k", now=NOW)
    experiments.end(person=asha, id=running.id, now=NOW)  # with no result
    mine = own_question("heliotrope tea", outcome=Outcome.MOOD, lag=0, lingers=False)
    own = experiments.start(person=asha, question=mine, days=28, client_key="o", now=NOW)
    for id in (theirs.id, running.id, own.id, "never"):
        with pytest.raises(NoSuchExperiment):
            pooling.choose(person=asha, ids=[id], now=NOW)
    assert pooling.offers(person=asha) == ()
    assert pooling.together() == ()


def test_what_is_shared_rests_sealed_and_is_in_my_copy(asha: UUID) -> None:
    one = finished(asha)
    pooling.choose(person=asha, ids=[one.id], now=NOW)
    row = DocumentRow.objects.get(kind=Kind.POOLED)
    assert b"short_walk" not in bytes(row.sealed)
    assert '"agreed_to"' in export_json(person=asha)


def test_seven_people_say_nothing_and_eight_do() -> None:
    for n in range(7):
        sharer(n)
    assert pooling.together() == ()
    sharer(7)
    (said,) = pooling.together()
    assert said.question == WALK
    assert said.pooled.people == 8
    assert -0.8 < said.pooled.mean < -0.3


def test_one_who_comes_or_goes_can_not_be_worked_out_from_the_change() -> None:
    for n in range(8):
        sharer(n, effect=-0.5)
    before = pooling.together()
    newcomer = sharer(9, effect=2.0)
    assert pooling.together() == before
    pooling.choose(person=newcomer, ids=[], now=NOW)
    assert pooling.together() == before
    for n in range(10, 14):
        sharer(n, effect=-0.5)
    (said,) = pooling.together()
    assert said.pooled.people == 12


def test_leaving_takes_my_result_out_at_once() -> None:
    people = [sharer(n) for n in range(8)]
    erase_person(person=people[0], actor="self", now=NOW)
    assert pooling.together() == ()


def test_one_person_counts_once_however_many_they_share() -> None:
    for n in range(7):
        sharer(n)
    eager = start_guest(now=NOW)
    ids = [finished(eager, key=key).id for key in ("a", "b", "c")]
    pooling.choose(person=eager, ids=ids, now=NOW)
    (said,) = pooling.together()
    assert said.pooled.people == 8


def test_a_record_that_can_not_be_opened_shares_nothing_and_breaks_nothing() -> None:
    people = [sharer(n) for n in range(9)]
    other = PersonKey.objects.get(person=people[1]).wrapped
    PersonKey.objects.filter(person=people[0]).update(wrapped=other)
    (said,) = pooling.together()
    assert said.pooled.people == 8
