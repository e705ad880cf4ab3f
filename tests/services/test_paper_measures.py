"""Measures at the clinic: asked once, typed in once, and read only as far as the person lets."""

from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from safetomove.content.instrument_rules import BadInstrument
from safetomove.core.caseload import Reason, Why
from safetomove.core.errors import BadInput
from safetomove.core.measures import Answers, Score
from safetomove.records.models import AuditRow, ClinicDocumentHistory
from safetomove.services import instruments, measures
from safetomove.services.clinic import (
    enrolment,
    measure_reading,
    measure_rounds,
    members,
    paper_measures,
    sharing,
    standing,
)
from safetomove.services.clinic.measure_reading import NotTypedHere
from safetomove.services.clinic.measure_rounds import State
from safetomove.services.clinic.members import Member
from safetomove.services.clinic.refusals import BadClinic, NoSuchGroup
from safetomove.services.clinic.sharing import Item
from safetomove.services.clinic.staff import Desk, Role
from safetomove.services.holding import look
from safetomove.services.measures import NoSuchMeasure, Occasion, Taken
from safetomove.services.refusals import KeyReused
from tests.clinics import NOW, a_clinic, a_member, a_worker
from tests.courses import a_group

pytestmark = pytest.mark.django_db

OWN, STANDS = "own-numbers", "sit-to-stand"
FOUR = Answers(values={"pain": 4})


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    """Give each test a site with nothing loaded."""
    settings.DATA_FOLDER = tmp_path


@pytest.fixture
def at() -> Desk:
    return a_worker(a_clinic(), Role.PHYSIOTHERAPIST, name="Priya Shah").at


def of(at: Desk, id: UUID) -> Member:
    return members.member(at.held, id)


def placed(at: Desk, group: UUID, *people: UUID) -> None:
    for member in people:
        enrolment.enrol(at, group=group, member=member, now=NOW)


def typed(at: Desk, member: UUID, label: Occasion = Occasion.FIRST, **about: Any) -> Taken:
    given = {"instrument": OWN, "answers": FOUR, "day": None, "client_key": uuid4().hex}
    return paper_measures.record(at, of(at, member), label=label, now=NOW, **{**given, **about})


def states(at: Desk, group: UUID, label: Occasion = Occasion.FIRST) -> dict[str, dict[str, State]]:
    found = next(one for one in measure_rounds.rounds(at.held, group) if one.label is label)
    return {line.member.name: dict(line.states) for line in found.lines}


def test_everybody_is_asked_once_and_those_without_a_record_need_paper(at: Desk) -> None:
    group = a_group(at)
    amina, brian = a_member(at, "Amina"), a_member(at, "Brian", joined=False)
    placed(at, group, amina, brian)
    paper = measure_rounds.ask(at, group=group, ids=[OWN, STANDS], label=Occasion.FIRST, now=NOW)
    assert [each.name for each in paper] == ["Brian"]
    person = of(at, amina).person
    assert person is not None
    asked = measures.asked_of(look(person))
    assert {one.instrument for one in asked} == {OWN, STANDS}
    assert {one.by for one in asked} == {at.staff.actor}
    assert states(at, group) == {
        "Amina": {OWN: State.WAITING, STANDS: State.WAITING},
        "Brian": {OWN: State.PAPER, STANDS: State.PAPER},
    }
    assert states(at, group, Occasion.LAST) == {"Amina": {}, "Brian": {}}


def test_who_has_answered_is_told_without_opening_what_they_answered(at: Desk) -> None:
    group, amina = a_group(at), a_member(at, "Amina")  # shares nothing
    placed(at, group, amina)
    measure_rounds.ask(at, group=group, ids=[OWN], label=Occasion.FIRST, now=NOW)
    person = of(at, amina).person
    assert person is not None
    measures.record(person=person, instrument=OWN, answers=FOUR, client_key="k", now=NOW)
    assert states(at, group) == {"Amina": {OWN: State.ANSWERED}}
    assert not AuditRow.objects.filter(person=person, verb="seen_measures").exists()
    found = measure_reading.reading(at, of(at, amina), now=NOW)
    assert (found.shared, found.takings) == (False, ())


def test_who_comes_later_is_asked_then_and_nobody_is_asked_again(at: Desk) -> None:
    group, amina = a_group(at), a_member(at, "Amina")
    placed(at, group, amina)
    measure_rounds.ask(at, group=group, ids=[OWN], label=Occasion.FIRST, now=NOW)
    person = of(at, amina).person
    assert person is not None
    measures.record(person=person, instrument=OWN, answers=FOUR, client_key="k", now=NOW)
    placed(at, group, a_member(at, "Carol"))
    assert states(at, group)["Carol"] == {OWN: State.NOT_ASKED}
    measure_rounds.ask(at, group=group, ids=[OWN], label=Occasion.FIRST, now=NOW)
    assert states(at, group) == {"Amina": {OWN: State.ANSWERED}, "Carol": {OWN: State.WAITING}}
    assert measures.asked_of(look(person)) == ()


def test_what_is_no_longer_wanted_is_no_longer_asked(at: Desk) -> None:
    group, amina = a_group(at), a_member(at, "Amina")
    placed(at, group, amina)
    for ids in ([OWN, STANDS], [OWN]):
        measure_rounds.ask(at, group=group, ids=ids, label=Occasion.FIRST, now=NOW)
    person = of(at, amina).person
    assert person is not None
    assert [one.instrument for one in measures.asked_of(look(person))] == [OWN]
    assert states(at, group) == {"Amina": {OWN: State.WAITING}}


def test_nothing_is_asked_where_a_measure_is_not_here_or_the_group_is_not_ours(at: Desk) -> None:
    group, amina = a_group(at), a_member(at, "Amina")
    placed(at, group, amina)
    first = Occasion.FIRST
    with pytest.raises(BadInstrument):
        measure_rounds.ask(at, group=group, ids=[OWN, "phq99"], label=first, now=NOW)
    with pytest.raises(BadClinic):
        measure_rounds.ask(at, group=group, ids=[], label=first, now=NOW)
    theirs = a_group(a_worker(a_clinic("Theirs"), Role.PHYSIOTHERAPIST).at)
    with pytest.raises(NoSuchGroup):
        measure_rounds.ask(at, group=theirs, ids=[OWN], label=first, now=NOW)
    person = of(at, amina).person
    assert person is not None
    assert measures.asked_of(look(person)) == ()


@pytest.mark.parametrize("shares", [(Item.MEASURES,), ()])
def test_a_paper_form_lies_with_whom_the_consent_says_and_meets_the_request(
    at: Desk, shares: tuple[Item, ...]
) -> None:
    group, amina = a_group(at), a_member(at, "Amina", *shares)
    placed(at, group, amina)
    measure_rounds.ask(at, group=group, ids=[OWN], label=Occasion.FIRST, now=NOW)
    kept = typed(at, amina)
    person = of(at, amina).person
    assert person is not None
    theirs = [one.name for one in measures.measures_of(person)]
    ours = [one.name for one in paper_measures.of_member(at.held, amina)]
    assert (theirs, ours) == (([kept.name], []) if shares else ([], [kept.name]))
    assert measures.asked_of(look(person)) == ()
    assert states(at, group) == {"Amina": {OWN: State.ANSWERED}}


def test_somebody_without_a_record_is_measured_all_the_same(at: Desk) -> None:
    group, brian = a_group(at), a_member(at, "Brian", joined=False)
    placed(at, group, brian)
    measure_rounds.ask(at, group=group, ids=[STANDS], label=Occasion.FIRST, now=NOW)
    before = NOW.date() - timedelta(days=7)
    typed(at, brian, instrument=STANDS, answers=Answers(values={"stands": 11}), day=before)
    later = Answers(values={"stands": 15})
    typed(at, brian, Occasion.LAST, instrument=STANDS, answers=later)
    assert states(at, group) == {"Brian": {STANDS: State.ANSWERED}}
    found = measure_reading.reading(at, of(at, brian), now=NOW)
    results = [one.result for one in found.takings]
    assert [one.value for one in results if isinstance(one, Score)] == [11, 15]


def test_a_form_sent_twice_is_kept_once_and_the_same_key_with_other_answers_is_refused(
    at: Desk,
) -> None:
    brian = a_member(at, "Brian", joined=False)
    first = typed(at, brian, client_key="k")
    assert typed(at, brian, client_key="k").name == first.name
    with pytest.raises(KeyReused):
        typed(at, brian, client_key="k", answers=Answers(values={"pain": 5}))
    assert len(paper_measures.of_member(at.held, brian)) == 1


@pytest.mark.parametrize(
    "about",
    [
        {"answers": Answers(values={"pain": 11})},
        {"answers": Answers(values={"q1": 1})},
        {"answers": Answers(values={})},
        {"instrument": "phq99"},
        {"day": NOW.date() + timedelta(days=1)},
    ],
)
@pytest.mark.parametrize("joined", [True, False])
def test_what_cannot_be_on_a_form_is_refused_and_nothing_is_kept(
    at: Desk, about: dict[str, Any], joined: bool
) -> None:
    id = a_member(at, "Amina", Item.MEASURES) if joined else a_member(at, "Brian", joined=False)
    with pytest.raises(BadInput):
        typed(at, id, **about)
    assert measure_reading.reading(at, of(at, id), now=NOW).takings == ()


@pytest.mark.parametrize("joined", [True, False])
def test_one_typed_in_by_mistake_goes_out_stays_kept_and_is_asked_again(
    at: Desk, joined: bool
) -> None:
    group = a_group(at)
    id = a_member(at, "Amina", Item.MEASURES) if joined else a_member(at, "Amina", joined=False)
    placed(at, group, id)
    measure_rounds.ask(at, group=group, ids=[OWN], label=Occasion.FIRST, now=NOW)
    kept = typed(at, id)
    measure_reading.withdraw(at, of(at, id), kept.name, now=NOW)
    found = measure_reading.reading(at, of(at, id), now=NOW)
    assert found.takings == ()
    with pytest.raises(NoSuchMeasure):
        found.one(kept.name)
    with pytest.raises(NoSuchMeasure):
        measure_reading.withdraw(at, of(at, id), kept.name, now=NOW)
    assert states(at, group) == {"Amina": {OWN: State.WAITING if joined else State.PAPER}}
    if not joined:
        assert ClinicDocumentHistory.objects.filter(kind="measure", name=kept.name).exists()


def test_what_the_person_filled_in_is_theirs_alone_to_take_out(at: Desk) -> None:
    amina = a_member(at, "Amina", Item.MEASURES)
    person = of(at, amina).person
    assert person is not None
    own = measures.record(person=person, instrument=OWN, answers=FOUR, client_key="k", now=NOW)
    with pytest.raises(NotTypedHere):
        measure_reading.withdraw(at, of(at, amina), own.name, now=NOW)
    other = a_worker(a_clinic("Other"), Role.PHYSIOTHERAPIST).at
    typed_there = measures.record(
        person=person, instrument=OWN, answers=FOUR, client_key="o", now=NOW, by=other.staff.actor
    )
    with pytest.raises(NotTypedHere):
        measure_reading.withdraw(at, of(at, amina), typed_there.name, now=NOW)
    assert len(measures.measures_of(person)) == 2


def test_what_is_no_longer_shared_is_read_no_more_and_the_clinics_own_stays(at: Desk) -> None:
    amina = a_member(at, "Amina")
    ours = typed(at, amina)
    person = of(at, amina).person
    assert person is not None
    sharing.share(person=person, member=amina, items=frozenset({Item.MEASURES}), now=NOW)
    theirs = typed(at, amina)
    seen = {one.name for one in measure_reading.reading(at, of(at, amina), now=NOW).takings}
    assert seen == {ours.name, theirs.name}
    assert AuditRow.objects.filter(person=person, verb="seen_measures").count() == 1
    sharing.leave(person=person, member=amina, now=NOW)
    left = measure_reading.reading(at, of(at, amina), now=NOW)
    assert [one.name for one in left.takings] == [ours.name]


def test_removing_an_instrument_keeps_old_answers_scorable(at: Desk) -> None:
    data = b'rules = "phq2"\nversion = "1"\ntitle = "Invented"\n' + b"".join(
        b'[[item]]\nasks = "Invented %d"\n' % number for number in range(2)
    )
    look_first = instruments.preview(data, name="x.toml")
    assert (look_first.id, instruments.loaded()) == ("phq2", ())
    instruments.load(data, name="x.toml", now=NOW, by=at.staff.actor)
    assert [one.by for one in instruments.loaded()] == [at.staff.actor]
    brian = a_member(at, "Brian", joined=False)
    answers = Answers(values={"q1": 2, "q2": 1})
    typed(at, brian, instrument="phq2", answers=answers)
    instruments.remove("phq2")
    (one,) = measure_reading.reading(at, of(at, brian), now=NOW).takings
    assert isinstance(one.result, Score)
    assert one.result.value == 3
    with pytest.raises(BadInstrument):
        typed(at, brian, instrument="phq2", answers=answers)


@pytest.mark.parametrize("shares", [(Item.MEASURES,), ()])
def test_a_form_that_tells_of_self_harm_puts_the_person_at_the_top_until_a_later_one_is_clear(
    at: Desk, settings: Any, shares: tuple[Item, ...]
) -> None:
    settings.SELF_HARM_READER = "Priya Shah, on weekdays"
    data = b'rules = "phq9"\nversion = "1"\ntitle = "Invented"\n' + b"".join(
        b'[[item]]\nasks = "Invented %d"\n' % number for number in range(9)
    )
    instruments.load(data, name="x.toml", now=NOW)
    amina = a_member(at, "Amina", *shares)
    told = Answers(values={f"q{number}": int(number == 9) for number in range(1, 10)})
    days = (NOW.date() - timedelta(days=30), NOW.date())
    typed(at, amina, instrument="phq9", answers=told, day=days[0])
    stands = standing.of_member(at.held, amina, now=NOW)
    assert stands is not None
    assert stands.place.reasons[0] == Why(reason=Reason.SELF_HARM, since=days[0])
    clear = Answers(values={f"q{number}": 0 for number in range(1, 10)})
    kept = typed(at, amina, instrument="phq9", answers=clear, day=days[1])
    later = standing.of_member(at.held, amina, now=NOW)
    assert later is not None
    assert Reason.SELF_HARM not in {why.reason for why in later.place.reasons}
    measure_reading.withdraw(at, of(at, amina), kept.name, now=NOW)
    again = standing.of_member(at.held, amina, now=NOW)
    assert again is not None
    assert again.place.reasons[0].reason is Reason.SELF_HARM


def test_a_group_takes_as_many_questions_of_the_database_with_twenty_people_as_with_two(
    at: Desk,
) -> None:
    counted = []
    for size in (2, 20):
        group = a_group(at, places=size)
        people = [
            a_member(at, f"Person {number}", Item.MEASURES, joined=number % 2 == 0)
            for number in range(size)
        ]
        placed(at, group, *people)
        measure_rounds.ask(at, group=group, ids=[OWN], label=Occasion.FIRST, now=NOW)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            measure_rounds.rounds(at.held, group)
        counted.append(len(asked))
    assert counted == [4, 4]
