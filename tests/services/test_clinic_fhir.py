"""One person's FHIR R4 file: whole, valid, only what is shared, and nothing claimed."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from safetomove.core.course import Attendance
from safetomove.core.measures import Answers
from safetomove.records.models import AuditRow
from safetomove.services import measures, plans, safety_check
from safetomove.services.clinic import (
    enrolment,
    fhir,
    groups,
    looks,
    members,
    paper_measures,
    register,
    sharing,
)
from safetomove.services.clinic.members import Known
from safetomove.services.clinic.sharing import Item
from safetomove.services.clinic.staff import Desk, Role
from safetomove.services.measures import Occasion
from tests.clinics import NOW, a_clinic, a_worker, join
from tests.courses import a_group
from tests.people import all_clear, walking

pytestmark = pytest.mark.django_db

KNOWN = Known(name="Amina Begum", born=date(1971, 3, 4), number="943 476 5919")
LATER = NOW + timedelta(days=9)
GOAL = "Walk to the market and back"


@pytest.fixture
def at() -> Desk:
    return a_worker(a_clinic(), Role.PHYSIOTHERAPIST, name="Ben Hill").at


def a_full_member(at: Desk, *shared: Item) -> UUID:
    """Write somebody onto the list who walks, answers a measure and came to a session."""
    member = members.add_member(at, known=KNOWN, now=NOW)
    person = join(at, member, *shared)
    today = NOW.date()
    safety_check.save_answers(person=person, answers=all_clear(given_on=today), now=NOW)
    plan = replace(walking(started=today), goal_text=GOAL)
    plans.choose_activity(person=person, plan=plan, now=NOW)
    measures.record(
        person=person,
        instrument="own-numbers",
        answers=Answers(values={"pain": 4}),
        client_key="m",
        now=NOW,
    )
    group = a_group(at)
    enrolment.enrol(at, group=group, member=member, now=NOW)
    session = groups.sessions(groups.group(at.held, group))[0]
    register.mark(at, session=session.id, member=member, state=Attendance.PRESENT, now=LATER)
    return member


def made(at: Desk, member: UUID) -> dict[str, Any]:
    bundle = fhir.for_clinic(at, members.member(at.held, member), now=LATER)
    return json.loads(fhir.as_text(bundle))  # type: ignore[no-any-return]


def kinds(bundle: dict[str, Any]) -> list[str]:
    return [each["resource"]["resourceType"] for each in bundle["entry"]]


def one(bundle: dict[str, Any], kind: str) -> dict[str, Any]:
    return next(
        each["resource"] for each in bundle["entry"] if each["resource"]["resourceType"] == kind
    )


def references(value: object) -> Iterator[str]:
    """Yield every place in the file that a part points at."""
    if isinstance(value, dict):
        if isinstance(found := value.get("reference"), str):
            yield found
        for each in value.values():
            yield from references(each)
    elif isinstance(value, list):
        for each in value:
            yield from references(each)


def is_r4(bundle: dict[str, Any]) -> bool:
    from fhir.resources.R4B.bundle import Bundle

    return bool(Bundle.model_validate(bundle))


@pytest.mark.parametrize("shared", [(), tuple(Item), (Item.PLAN,), (Item.MEASURES,)])
def test_every_file_is_valid_r4_whatever_is_shared(at: Desk, shared: tuple[Item, ...]) -> None:
    assert is_r4(made(at, a_full_member(at, *shared)))


def test_a_person_without_a_record_has_a_valid_file_too(at: Desk) -> None:
    member = members.add_member(at, known=Known(name="No Phone"), now=NOW)
    bundle = made(at, member)
    assert is_r4(bundle)
    assert kinds(bundle) == ["Patient", "CarePlan", "List", "List", "Provenance"]


def test_a_number_that_names_the_person_is_never_called_verified(at: Desk) -> None:
    bundle = made(at, a_full_member(at))
    found = one(bundle, "Patient")["identifier"][0]
    assert (found["system"], found["value"]) == (
        "https://fhir.nhs.uk/Id/nhs-number",
        "9434765919",
    )
    coding = found["extension"][0]["valueCodeableConcept"]["coding"][0]
    assert coding["code"] == "number-present-but-not-traced"
    assert "verified" not in json.dumps(bundle).casefold().replace("verificationstatus", "")


def test_only_what_is_shared_is_in_it(at: Desk) -> None:
    nothing = kinds(made(at, a_full_member(at)))
    assert not {"Goal", "QuestionnaireResponse", "Observation"} & set(nothing)
    plan = made(at, a_full_member(at, Item.PLAN))
    assert one(plan, "Goal")["description"]["text"] == GOAL
    assert "Observation" not in kinds(plan)
    shared = made(at, a_full_member(at, Item.MEASURES))
    assert "Goal" not in kinds(shared)
    assert one(shared, "QuestionnaireResponse")["item"][0]["answer"] == [{"valueInteger": 4}]


def test_what_is_no_longer_shared_is_not_handed_on(at: Desk) -> None:
    member = a_full_member(at, *Item)
    person = members.member(at.held, member).person
    assert person is not None
    sharing.leave(person=person, member=member, now=LATER)
    assert GOAL not in json.dumps(made(at, member))
    assert "Observation" not in kinds(made(at, member))


def test_the_plan_is_told_in_words_with_today_and_the_goal(at: Desk) -> None:
    plan = one(made(at, a_full_member(at, Item.PLAN)), "CarePlan")
    told = [each["detail"]["description"] for each in plan["activity"]]
    assert told[0].startswith("Walking: ")
    assert "on the way to 30 minutes" in told[0]
    assert told[1] == "Winter: came to 1 of 12 sessions."


def test_allergies_and_medicines_are_said_to_be_not_asked_and_never_none(at: Desk) -> None:
    bundle = made(at, a_full_member(at, *Item))
    lists = [each["resource"] for each in bundle["entry"] if "emptyReason" in each["resource"]]
    assert [each["emptyReason"]["coding"][0]["code"] for each in lists] == ["notasked"] * 2
    assert "AllergyIntolerance" not in kinds(bundle)


def test_every_reference_leads_to_a_part_of_the_file(at: Desk) -> None:
    bundle = made(at, a_full_member(at, *Item))
    places = [each["fullUrl"] for each in bundle["entry"]]
    assert len(set(places)) == len(places)
    assert all(UUID(place.removeprefix("urn:uuid:")).version in {4, 5} for place in places)
    assert set(references(bundle)) <= set(places)
    traced = {each["reference"] for each in one(bundle, "Provenance")["target"]}
    assert traced == set(places[:-1])


def test_the_same_parts_have_the_same_ids_each_time(at: Desk) -> None:
    member = a_full_member(at, *Item)
    first, second = made(at, member), made(at, member)
    assert [each["fullUrl"] for each in first["entry"]] == [
        each["fullUrl"] for each in second["entry"]
    ]
    assert first["identifier"] != second["identifier"]


def test_nobody_else_is_named_in_it(at: Desk) -> None:
    member = a_full_member(at, *Item)
    other = members.add_member(at, known=Known(name="Brian Cole"), now=NOW)
    group = enrolment.of_member(at.held, member)[0].group
    enrolment.enrol(at, group=group, member=other, now=NOW)
    assert "Brian" not in json.dumps(made(at, member))
    assert str(other) not in json.dumps(made(at, member))


def test_a_form_typed_in_from_paper_is_in_it(at: Desk) -> None:
    member = members.add_member(at, known=KNOWN, now=NOW)
    paper_measures.record(
        at,
        members.member(at.held, member),
        instrument="own-numbers",
        answers=Answers(values={"pain": 5}),
        label=Occasion.FIRST,
        day=None,
        client_key="p",
        now=NOW,
    )
    response = one(made(at, member), "QuestionnaireResponse")
    assert "source" not in response  # staff typed it
    assert response["authored"] == "2026-11-17"


def test_what_was_opened_and_that_it_was_handed_on_is_noted(at: Desk) -> None:
    member = a_full_member(at, Item.PLAN, Item.MEASURES)
    made(at, member)
    person = members.member(at.held, member).person
    assert person is not None
    noted = {each.verb for each in looks.looks(person)[0]}
    assert noted == {"seen_plan", "seen_measures", "handed_on"}
    assert AuditRow.objects.filter(person=person, verb="handed_on").count() == 1


def test_a_persons_own_file_is_valid_and_names_nobody(at: Desk) -> None:
    person = members.member(at.held, a_full_member(at)).person
    assert person is not None
    bundle = json.loads(fhir.as_text(fhir.for_person(person, now=LATER)))
    assert is_r4(bundle)
    assert {"Goal", "CarePlan", "QuestionnaireResponse"} <= set(kinds(bundle))
    assert [*one(bundle, "Patient")] == ["resourceType", "id"]
    assert "Amina" not in json.dumps(bundle)
