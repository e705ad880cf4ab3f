"""A filling-in handed on as FHIR R4 keeps the answers as given, and its scores beside them."""

from datetime import date
from uuid import UUID

from safetomove.content.instrument_rules import all_rules
from safetomove.core import measures
from safetomove.core.measures import Answers, to_fhir

ID = UUID("6f1f1a52-6d0e-4b7e-9c8d-2f4f9f1f0c11")
DAY = date(2026, 11, 22)


def handed_on(id: str, values: dict[str, int], words: dict[str, str] | None = None) -> dict:
    instrument, answers = all_rules()[id].instrument, Answers(values=values, words=words or {})
    found = measures.score(instrument, answers)
    return to_fhir(instrument, answers, found, day=DAY, id=ID)


def test_what_is_handed_on_is_fhir_r4_for_every_instrument() -> None:
    from fhir.resources.R4B.bundle import Bundle

    for id, rules in all_rules().items():
        full = {one.id: one.low for one in rules.instrument.items}
        words = dict.fromkeys(full, "mine") if id == "own-activities" else {}
        for values in (full, dict(list(full.items())[:1])):
            kept = {one: words[one] for one in values if one in words}
            Bundle.model_validate(handed_on(id, values, kept))


def test_answers_stand_as_given_and_scores_are_derived_from_them() -> None:
    bundle = handed_on("msk-hq", {f"q{at}": 0 for at in range(1, 15)})
    response, total = (one["resource"] for one in bundle["entry"])
    assert {one["answer"][0]["valueInteger"] for one in response["item"]} == {0}
    assert total["valueQuantity"]["value"] == 48
    assert total["derivedFrom"] == [{"reference": bundle["entry"][0]["fullUrl"]}]
    assert total["category"][0]["coding"][0]["code"] == "survey"
    assert "subject" not in response


def test_a_scale_without_a_score_says_why_and_has_no_number() -> None:
    bundle = handed_on("phq9", {"q1": 1, "q2": 1})
    total, phq8, phq2 = (one["resource"] for one in bundle["entry"][1:])
    assert total["dataAbsentReason"]["text"] == "too_many_blank"
    assert "valueQuantity" not in total
    assert total["code"]["coding"] == [{"system": "http://loinc.org", "code": "44261-6"}]
    assert "coding" not in phq8["code"]  # no code is assumed
    assert phq2["valueQuantity"]["value"] == 2


def test_the_same_filling_in_has_the_same_ids_each_time() -> None:
    assert handed_on("phq2", {"q1": 1, "q2": 1}) == handed_on("phq2", {"q1": 1, "q2": 1})
