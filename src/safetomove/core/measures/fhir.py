"""One filling-in as FHIR R4: the answers as given, and an Observation for each score of them."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final
from uuid import UUID, uuid5

from safetomove.core.measures.instrument import Instrument
from safetomove.core.measures.scoring import Answers, NotScorable, ScaleScore, Score

CATEGORY: Final = "http://terminology.hl7.org/CodeSystem/observation-category"
ABSENT: Final = "http://terminology.hl7.org/CodeSystem/data-absent-reason"
LOINC: Final = "http://loinc.org"
UCUM: Final = "http://unitsofmeasure.org"

Json = dict[str, Any]


def to_fhir(
    instrument: Instrument, answers: Answers, found: Score | NotScorable, *, day: date, id: UUID
) -> Json:
    """Return a collection Bundle: a QuestionnaireResponse, and Observations derived from it.

    Parameters
    ----------
    instrument
        As the answers were given to it; its link ids and address are those of its own form.
    answers, found
        What was answered, and what `score` made of it.
    day
        When it was filled in.
    id
        The response's own id; those of the observations follow from it, so that the same
        filling-in is the same each time it is handed on.

    Returns
    -------
    dict
        R4 JSON. Answers stand as the numbers given, never as points. A scale without a score
        has a data-absent reason. Nobody is named: whoever sends it adds the subject.
    """
    response = f"urn:uuid:{id}"
    entries = [{"fullUrl": response, "resource": _response(instrument, answers, day)}]
    for scale, part in found.parts.items():
        resource = _observation(instrument, scale, part, day, derived_from=response)
        entries.append({"fullUrl": f"urn:uuid:{uuid5(id, scale)}", "resource": resource})
    return {"resourceType": "Bundle", "type": "collection", "entry": entries}


def _response(instrument: Instrument, answers: Answers, day: date) -> Json:
    items = [_item(instrument, id, value, answers.words) for id, value in answers.values.items()]
    form = {"questionnaire": f"{instrument.url}|{instrument.version}"} if instrument.url else {}
    return {
        "resourceType": "QuestionnaireResponse",
        **form,
        "status": "completed",
        "authored": day.isoformat(),
        "item": items,
    }


def _item(instrument: Instrument, id: str, value: int, words: Mapping[str, str]) -> Json:
    link = instrument.item(id).link_id or id
    text = {"text": words[id]} if id in words else {}
    return {"linkId": link, **text, "answer": [{"valueInteger": value}]}


def _observation(
    instrument: Instrument,
    scale: str,
    part: ScaleScore | NotScorable,
    day: date,
    *,
    derived_from: str,
) -> Json:
    return {
        "resourceType": "Observation",
        "status": "final",
        "category": [{"coding": [{"system": CATEGORY, "code": "survey"}]}],
        "code": _code(instrument, scale),
        "effectiveDateTime": day.isoformat(),
        **_value(part),
        "derivedFrom": [{"reference": derived_from}],
    }


def _code(instrument: Instrument, scale: str) -> Json:
    text = {"text": f"{instrument.title or instrument.id}: {scale}"}
    loinc = instrument.scale(scale).loinc
    return {"coding": [{"system": LOINC, "code": loinc}], **text} if loinc else text


def _value(part: ScaleScore | NotScorable) -> Json:
    if isinstance(part, NotScorable):
        coding = [{"system": ABSENT, "code": "unknown"}]
        return {"dataAbsentReason": {"coding": coding, "text": part.reason.value}}
    return {
        "valueQuantity": {
            "value": part.value,
            "unit": "score",
            "system": UCUM,
            "code": "{score}",
        }
    }
