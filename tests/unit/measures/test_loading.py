"""What a site brings is taken whole, or refused in one sentence."""

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest

from safetomove.content.files import read_evidence
from safetomove.content.instrument_files import (
    BadInstrument,
    read_table,
    read_value_set,
    shipped,
    table_of,
)
from safetomove.content.instrument_rules import all_rules, rules_of
from safetomove.core.errors import BadInput
from safetomove.core.measures import Instrument

ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"


def load(source: str, *, rules: str = "", name: str = "form") -> Instrument:
    return read_table(table_of(source.encode(), name, rules=rules), name, rules=rules)


def option(words: str, weight: float | None = None) -> dict[str, Any]:
    coding: dict[str, Any] = {"code": words.lower().replace(" ", "-"), "display": words}
    if weight is not None:
        coding["extension"] = [{"url": ORDINAL, "valueDecimal": weight}]
    return {"valueCoding": coding}


def form(count: int, options: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    """Make a form of invented questions: no owner's words stand in these tests."""
    return {
        "resourceType": "Questionnaire",
        "status": "active",
        "version": "1.0",
        "title": "Invented form",
        "url": "https://example.org/forms/invented",
        "copyright": "Somebody’s own",
        "item": [
            {
                "linkId": f"/{at}",
                "type": "choice",
                "text": f"Invented {at}",
                "answerOption": options,
            }
            for at in range(1, count + 1)
        ],
        **more,
    }


FOUR = [option("never"), option("some"), option("more"), option("most")]
WEIGHED = [option("most", 3), option("more", 2), option("some", 1), option("never", 0)]
TOML = """
rules = "phq2"
version = "2024"
notice = "Somebody’s own"
answers = ["never", "some", "more", "most"]
[[item]]
asks = "Invented one"
[[item]]
asks = "Invented two"
"""


def test_every_rule_names_sources_that_are_in_the_evidence() -> None:
    known = set(read_evidence())
    for one in all_rules().values():
        for scale in one.instrument.scales:
            assert scale.source in known
            assert scale.least_change is None or scale.least_change.source in known


def test_no_wording_of_anybody_else_ships() -> None:
    assert set(shipped()) == {"own-numbers", "own-activities", "sit-to-stand"}
    for one in all_rules().values():
        assert not any(item.asks or item.answers for item in one.instrument.items)
        assert one.instrument.licence.ships == (one.id in shipped())


def test_a_toml_file_brings_words_and_the_rules_score_it() -> None:
    made = load(TOML)
    assert (made.id, made.version, made.licence.notice) == ("phq2", "2024", "Somebody’s own")
    assert [one.asks for one in made.items] == ["Invented one", "Invented two"]
    assert made.scales == rules_of("phq2").instrument.scales


def test_a_fhir_form_is_matched_by_order_and_keeps_its_link_ids() -> None:
    made = load(json.dumps(form(9, FOUR)), rules="PHQ-9")
    assert [one.link_id for one in made.items] == [f"/{at}" for at in range(1, 10)]
    assert made.items[8].self_harm
    assert made.items[0].answers == ("never", "some", "more", "most")


def test_a_fhir_form_is_matched_by_our_ids_in_any_order() -> None:
    given = form(2, FOUR)
    given["item"][0]["linkId"], given["item"][1]["linkId"] = "q2", "q1"
    assert [one.asks for one in load(json.dumps(given), rules="phq2").items] == [
        "Invented 2",
        "Invented 1",
    ]


def test_weights_say_which_option_is_which_number() -> None:
    made = load(json.dumps(form(2, WEIGHED)), rules="phq2")
    assert made.items[0].answers == ("never", "some", "more", "most")


def test_a_form_says_itself_which_measure_it_is_by_code_or_name() -> None:
    coded = form(9, FOUR, code=[{"system": "http://loinc.org", "code": "44249-1"}])
    assert load(json.dumps(coded)).id == "phq9"
    assert load(json.dumps(form(2, FOUR, name="PHQ_2"))).id == "phq2"


def test_questions_in_groups_are_found_and_totals_left_aside() -> None:
    whole = form(2, FOUR)
    total = {"linkId": "sum", "type": "decimal", "text": "Sum", "readOnly": True}
    whole["item"] = [
        {"linkId": "g", "type": "group", "text": "Last week", "item": [*whole["item"], total]}
    ]
    made = load(json.dumps(whole), rules="phq2")
    assert (made.lead, len(made.items)) == ("Last week", 2)


def test_yes_or_no_and_numbers_are_read_where_the_rule_has_such_a_range() -> None:
    ticks = form(24, [])
    for one in ticks["item"]:
        one |= {"type": "boolean"}
        del one["answerOption"]
    assert load(json.dumps(ticks), rules="rmdq").items[0].answers == ("No", "Yes")
    numbers = form(3, [])
    for one in numbers["item"]:
        one |= {"type": "integer"}
        del one["answerOption"]
    assert load(json.dumps(numbers), rules="peg").items[0].answers == ()


def test_a_form_whose_weights_are_the_points_of_the_rule_is_read() -> None:
    """The last question of STarT Back counts 1 for its two strongest answers."""
    whole = form(9, [option("No"), option("Yes")])
    five = zip("abcde", (0, 0, 0, 1, 1), strict=True)
    whole["item"][8]["answerOption"] = [option(each, weight) for each, weight in five]
    assert load(json.dumps(whole), rules="start-back").items[8].answers == tuple("abcde")


def changed(change: Callable[[dict[str, Any]], Any], count: int = 2) -> str:
    given = copy.deepcopy(form(count, FOUR))
    change(given)
    return json.dumps(given)


def item(given: dict[str, Any], **change: Any) -> None:
    given["item"][0] = {
        key: value for key, value in {**given["item"][0], **change}.items() if value is not None
    }


BAD_FORMS = [
    ("{", "is not JSON"),
    ("[]", "is not TOML"),
    (json.dumps({"resourceType": "Patient"}), "is a Patient, not a FHIR Questionnaire"),
    (json.dumps({"resourceType": "Questionnaire"}), "not a FHIR R4 Questionnaire: status"),
    (changed(lambda one: one.update(bogus=1)), "not a FHIR R4 Questionnaire: bogus"),
    (changed(lambda one: item(one, linkId=None)), "linkId"),
    (changed(lambda one: item(one, type="coding")), "later FHIR than R4"),
    (changed(lambda one: one.pop("version")), "has no version"),
    (changed(lambda one: one.update(version="one two")), "is not a version"),
    (changed(lambda one: item(one, answerOption=None)), "has no answerOption"),
    (changed(lambda one: item(one, answerOption=FOUR[:3])), "has 3 options, and its rule 4"),
    (changed(lambda one: item(one, text=None)), "has no text"),
    (changed(lambda one: item(one, type="string", answerOption=None)), "of type string"),
    (changed(lambda one: item(one, linkId="/2")), "two questions have the same linkId"),
    (changed(lambda one: item(one, linkId="q1")), "has no item called '/2'"),
    (changed(lambda one: one["item"].append(one["item"][0] | {"linkId": "3"})), "has 2 items"),
    (changed(lambda one: one["item"].pop()), "has 2 items by its rules, 1 here"),
    (
        changed(
            lambda one: item(
                one, enableWhen=[{"question": "/2", "operator": "exists", "answerBoolean": True}]
            )
        ),
        "asked only sometimes",
    ),
    (
        changed(lambda one: item(one, answerOption=[option("x", n) for n in (1, 2, 3, 4)])),
        "weights of /1 are not those of its rule",
    ),
    (
        changed(lambda one: item(one, answerOption=[option("x", n) for n in (0, 0, 1, 2)])),
        "weights of /1 are not those of its rule",
    ),
    (changed(lambda one: item(one, answerOption=[*FOUR[:3], {"valueString": " "}])), "words"),
]


@pytest.mark.parametrize(("source", "says"), BAD_FORMS)
def test_a_bad_fhir_form_is_refused_in_one_sentence(source: str, says: str) -> None:
    with pytest.raises(BadInput) as refused:
        load(source, rules="phq2")
    assert says in str(refused.value)
    assert "\n" not in str(refused.value)


def test_yes_first_without_weights_is_refused_for_which_one_counts() -> None:
    whole = form(24, [option("Yes"), option("No")])
    with pytest.raises(BadInstrument, match="say by ordinalValue which is 1"):
        load(json.dumps(whole), rules="rmdq")


def test_a_form_that_counts_a_reversed_question_the_other_way_is_refused() -> None:
    five = [option(each, weight) for each, weight in zip("abcde", (1, 2, 3, 4, 0), strict=True)]
    with pytest.raises(BadInstrument, match="not those of its rule"):
        load(json.dumps(form(14, five)), rules="msk-hq")


def test_a_form_that_does_not_say_what_it_is_is_refused() -> None:
    with pytest.raises(BadInstrument, match="name its rules"):
        load(json.dumps(form(2, FOUR)))


OWN = """
version = "1"
title = "Our clinic's two"
answers = ["no", "a bit", "yes"]
[scoring]
id = "clinic-two"
[[scoring.items]]
ids = ["a", "b"]
low = 0
high = 2
[[scoring.scales]]
id = "total"
items = ["a", "b"]
direction = "more_is_better"
[[item]]
id = "a"
asks = "Invented a"
[[item]]
id = "b"
asks = "Invented b"
"""


def test_a_site_may_bring_an_instrument_of_its_own_with_its_scoring() -> None:
    made = load(OWN)
    assert (made.id, made.main.direction.value) == ("clinic-two", "more_is_better")


BAD_TOML = [
    ("version = ", "is not TOML"),
    (TOML.replace('rules = "phq2"\n', ""), "must say whose rules"),
    (TOML.replace("phq2", "phq99"), "no scoring rules for 'phq99'"),
    (TOML.replace("phq2", "phq4"), "has 4 items by its rules, and 2 here"),
    (TOML.replace('"most"]', '"most", "more yet"]'), "words for each of its 4 answers"),
    (TOML.replace('version = "2024"\n', ""), "version must be words"),
    (TOML.replace("Invented one", ""), "has no question"),
    (TOML + "bogus = 1", "which is not one of its keys"),
    (TOML.replace("phq2", "own-numbers"), "is our own and comes with its wording"),
    (TOML.replace('asks = "Invented one"', 'asks = "Invented one"\nid = "q5"'), "no item called"),
    (OWN.replace("high = 2", "high = -1"), "not a range"),
    (OWN.replace('ids = ["a", "b"]', 'ids = ["a", "a"]'), "two items are called 'a'"),
    (OWN.replace('items = ["a", "b"]', 'items = ["a", "c"]'), "isn't there: 'c'"),
    (OWN.replace("more_is_better", "upwards"), "direction must be one of"),
    (OWN.replace("clinic-two", "phq9"), "we hold the rules of phq9"),
    (OWN.replace("clinic-two", "Clinic Two"), "can't be called"),
    (OWN.replace("high = 2", "high = 2\npoints = [1]"), "points for each of its 3 answers"),
    (OWN.replace("high = 2", 'high = "2"'), "high must be a whole number"),
    (OWN.replace('id = "clinic-two"', 'id = "clinic-two"\nkind = "timed"'), "questions only"),
    ("a" * 2_100_000, "larger than"),
    ("a = '\x00'", "a sign that can't be shown"),
]


@pytest.mark.parametrize(("source", "says"), BAD_TOML)
def test_a_bad_toml_file_is_refused_in_one_sentence(source: str, says: str) -> None:
    with pytest.raises(BadInput) as refused:
        load(source)
    assert says in str(refused.value)
    assert "\n" not in str(refused.value).strip()


def states(value: Callable[[str], float] = lambda state: 1.0 - 0.01 * sum(map(int, state))) -> str:
    from itertools import product

    every = ("".join(one) for one in product("12345", repeat=5))
    return "state,value\n" + "".join(f"{one},{value(one)}\n" for one in every)


def test_a_value_set_holds_each_state_once() -> None:
    assert len(read_value_set(states().encode(), "uk.csv").values) == 3125
    for bad, says in (
        (states().replace("55555,", "55555;"), "is not a new state"),
        (states().removesuffix("\n").rsplit("\n", 1)[0], "each of the 3125 states once"),
        (states().replace("11112,", "11111,"), "is not a new state"),
        (states(lambda _: 7.0), "outside"),
        (states(lambda state: 0.01 * sum(map(int, state))), "full health first"),
        (states().replace("11111,0.95", "11111,good"), "has no number"),
    ):
        with pytest.raises(BadInput, match=says):
            read_value_set(bad.encode(), "uk.csv")
    with pytest.raises(BadInstrument, match="not UTF-8"):
        read_value_set(b"\xff\xfe", "uk.csv")
