"""The parts of one person's FHIR R4 file, as plain values."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID, uuid5

from safetomove.content import catalogue, files
from safetomove.content.doses import amount_of
from safetomove.core.measures import to_fhir
from safetomove.core.pacing import ActivityPlan, Unit
from safetomove.services import audit, instruments
from safetomove.services.clinic.known import Known
from safetomove.services.measures import Taken
from safetomove.services.today import Today

NUMBER_SYSTEM: Final = "https://fhir.nhs.uk/Id/nhs-number"
UK: Final = "https://fhir.hl7.org.uk"
CHECKED: Final = f"{UK}/StructureDefinition/Extension-UKCore-NHSNumberVerificationStatus"
CHECKED_CODES: Final = f"{UK}/CodeSystem/UKCore-NHSNumberVerificationStatus"
UCUM: Final = "http://unitsofmeasure.org"
EMPTY: Final = "http://terminology.hl7.org/CodeSystem/list-empty-reason"
PART: Final = "http://terminology.hl7.org/CodeSystem/provenance-participant-type"
UNITS: Final[Mapping[Unit, str]] = {
    Unit.MINUTES: "min",
    Unit.SECONDS: "s",
    Unit.METRES: "m",
    Unit.REPETITIONS: "{repetitions}",
    Unit.STEPS: "{steps}",
}

Json = dict[str, Any]
Entry = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Went:
    """How much of a course somebody came to."""

    name: str
    came: int
    count: int
    over: bool


def entry(id: UUID, resource: Json) -> Entry:
    """Give a resource its address within the file."""
    return {"fullUrl": f"urn:uuid:{id}", "resource": {**resource, "id": str(id)}}


def refers(id: UUID) -> Json:
    """Point at another part of the file."""
    return {"reference": f"urn:uuid:{id}"}


def patient(id: UUID, known: Known | None) -> Entry:
    """Say who it is, as far as the clinic wrote it down; a person's own file names nobody."""
    about: Json = {}
    if known is not None:
        about["name"] = [{"text": known.name}]
        if known.born is not None:
            about["birthDate"] = known.born.isoformat()
        if known.number:
            about["identifier"] = [_number(known.number)]
    return entry(id, {"resourceType": "Patient", **about})


def goals(who: UUID, plans: Iterable[ActivityPlan]) -> Iterator[Entry]:
    """Yield the goal of each activity, in the person's own words where they gave any."""
    for plan in plans:
        text = plan.goal_text or _said("plan", "goal").format(
            name=plan.name, amount=amount_of(plan.goal, plan.unit)
        )
        target = {
            "measure": {"text": plan.name},
            "detailQuantity": {
                "value": plan.goal,
                "unit": plan.unit.value,
                "system": UCUM,
                "code": UNITS[plan.unit],
            },
        }
        resource = {
            "resourceType": "Goal",
            "lifecycleStatus": "active",
            "description": {"text": text},
            "subject": refers(who),
            "startDate": plan.started.isoformat(),
            "target": [target],
        }
        yield entry(_goal_id(who, plan), resource)


def care_plan(who: UUID, today: Today | None, went: Iterable[Went], now: datetime) -> Entry:
    """Tell the activities and the courses as text, and what the file does not hold."""
    activities = [] if today is None else [_activity(who, today, each) for each in _plans(today)]
    activities += [{"detail": _course(each)} for each in went]
    resource: Json = {
        "resourceType": "CarePlan",
        "status": "active",
        "intent": "plan",
        "title": _said("plan", "title"),
        "subject": refers(who),
        "created": now.isoformat(),
        "note": [{"text": _said("plan", "limits")}],
    }
    if activities:
        resource["activity"] = activities
    return entry(uuid5(who, "care plan"), resource)


def not_asked(who: UUID, now: datetime) -> Iterator[Entry]:
    """Say of allergies and medicines that nobody was asked: an absence would say none."""
    for name, loinc in (("allergies", "48765-2"), ("medicines", "10160-0")):
        resource = {
            "resourceType": "List",
            "status": "current",
            "mode": "snapshot",
            "title": _said("lists", name),
            "code": {"coding": [{"system": "http://loinc.org", "code": loinc}]},
            "subject": refers(who),
            "date": now.isoformat(),
            "emptyReason": {"coding": [{"system": EMPTY, "code": "notasked"}]},
        }
        yield entry(uuid5(who, name), resource)


def measured(who: UUID, takings: Iterable[Taken]) -> Iterator[Entry]:
    """Yield what was answered, and each score made of it."""
    for one in takings:
        known = instruments.for_scoring(one.instrument, one.version)
        if known is None:
            yield _bare(who, one)
            continue
        id = _taken_id(who, one)
        for each in to_fhir(known, one.answers, one.result, day=one.day, id=id)["entry"]:
            yield entry(UUID(each["fullUrl"]), {**each["resource"], **_whose(who, each, one)})


def provenance(who: UUID, made: Iterable[Entry], by: Iterable[str], now: datetime) -> Entry:
    """Say who made the file out of what, and when; `by` are names."""
    agents = [_agent("author", refers(who))]
    agents += [_agent("assembler", {"display": name}) for name in by]
    resource = {
        "resourceType": "Provenance",
        "target": [{"reference": each["fullUrl"]} for each in made],
        "recorded": now.isoformat(),
        "agent": agents,
    }
    return entry(uuid5(who, f"provenance {now.isoformat()}"), resource)


def _number(number: str) -> Json:
    """Return a health number; it was never traced, so it says so."""
    status = {
        "system": CHECKED_CODES,
        "code": "number-present-but-not-traced",
        "display": "Number present but not traced",
    }
    extension = [{"url": CHECKED, "valueCodeableConcept": {"coding": [status]}}]
    return {"extension": extension, "system": NUMBER_SYSTEM, "value": number}


def _plans(today: Today) -> tuple[ActivityPlan, ...]:
    return today.record.plans


def _activity(who: UUID, today: Today, plan: ActivityPlan) -> Json:
    dose = next((each for each in today.review.doses if each.activity == plan.id), None)
    paused = plan.id in today.review.paused
    words = "paused" if paused else "no_dose" if dose is None else "dose"
    said = _said("plan", words).format(
        name=plan.name,
        day=_day(today.local_day),
        goal=amount_of(plan.goal, plan.unit),
        dose="" if dose is None else amount_of(dose.dose, plan.unit),
    )
    status = "on-hold" if paused else "in-progress"
    goal = [refers(_goal_id(who, plan))]
    return {"detail": {"status": status, "description": said, "goal": goal}}


def _course(each: Went) -> Json:
    said = _said("plan", "course").format(name=each.name, came=each.came, count=each.count)
    return {"status": "completed" if each.over else "in-progress", "description": said}


def _whose(who: UUID, each: Entry, one: Taken) -> Json:
    own = one.by == audit.SELF and each["resource"]["resourceType"] == "QuestionnaireResponse"
    return {"subject": refers(who), **({"source": refers(who)} if own else {})}


def _bare(who: UUID, one: Taken) -> Entry:
    """Hand on answers whose rules are no longer here: as given, with no score."""
    items = [
        {"linkId": id, "answer": [{"valueInteger": value}]}
        for id, value in one.answers.values.items()
    ]
    resource = {
        "resourceType": "QuestionnaireResponse",
        "status": "completed",
        "subject": refers(who),
        "authored": one.day.isoformat(),
        "item": items,
    }
    return entry(_taken_id(who, one), resource)


def _agent(part: str, who: Json) -> Json:
    return {"type": {"coding": [{"system": PART, "code": part}]}, "who": who}


def _goal_id(who: UUID, plan: ActivityPlan) -> UUID:
    return uuid5(who, f"goal {plan.id}")


def _taken_id(who: UUID, one: Taken) -> UUID:
    return uuid5(who, f"measure {one.name}")


def _day(day: date) -> str:
    return day.isoformat()


def _said(table: str, name: str) -> str:
    layers = (layer for layer in catalogue.load().layers if "fhir" in layer)
    return files.text(files.section(next(layers)["fhir"].body, table), name)
