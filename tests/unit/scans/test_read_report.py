"""A scan report in, what it says out: present, absent, urgent, and at which level."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safetomove.content import scan_words
from safetomove.core.errors import BadInput
from safetomove.core.safety import NoteCard
from safetomove.core.scans import (
    CHARACTERS_TOP,
    ScanCard,
    TableFinding,
    is_urgent,
    read_report,
    term_ids,
)

WORDS = (
    "no not disc bulge L4/5 and , . with without fracture ? severe canal stenosis cannot exclude "
    "cauda equina rather than is seen nerve root compression normal tumour L5-S1 \n : T2 signal"
).split(" ")


def there(text: str) -> set[str]:
    return {each.id for each in read_report(text).findings if not each.negated}


def absent(text: str) -> set[str]:
    return {each.id for each in read_report(text).findings if each.negated}


def urgent(text: str) -> dict[str, str]:
    return {each.id: each.card.value for each in read_report(text).urgent}


def levels(text: str, id: str) -> tuple[str, ...]:
    return next(each.levels for each in read_report(text).findings if each.id == id)


def test_at_least_45_things_are_known_and_each_has_its_words() -> None:
    assert len(term_ids()) >= 45
    assert set(scan_words.terms()) == set(term_ids())
    assert set(TableFinding) <= set(term_ids())


def test_every_card_is_one_that_a_note_can_raise_too() -> None:
    assert {card.value for card in ScanCard} <= {card.value for card in NoteCard}


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("disk desiccation", "signal_loss"),
        ("dehydrated disc", "signal_loss"),
        ("facetal hypertrophy", "facet_degeneration"),
        ("facet OA", "facet_degeneration"),
        ("HIZ in the annulus", "annular_fissure"),
        ("grade 1 anterolisthesis", "spondylolisthesis"),
        ("vertebral hemangioma", "haemangioma"),
        ("sacralization of L5", "transitional_vertebra"),
        ("HNP", "disc_herniation"),
    ],
)
def test_a_thing_is_known_by_its_other_names(text: str, id: str) -> None:
    assert id in there(text)


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("disc protusion", "disc_protrusion"),
        ("spondilolisthesis", "spondylolisthesis"),
        ("dessicated disc", "signal_loss"),
        ("facet arthopathy", "facet_degeneration"),
        ("foramenal narrowing", "foraminal_stenosis"),
    ],
)
def test_a_slip_of_the_finger_is_forgiven(text: str, id: str) -> None:
    assert id in there(text)


@pytest.mark.parametrize(
    "text",
    [
        "No disc bulge, protrusion or canal stenosis.",
        "There is no evidence of disc bulge.",
        "Disc bulge: none.",
        "A disc bulge is not seen.",
        "Disc bulge excluded.",
        "Normal discs without a bulge.",
        "Neither a bulge nor a protrusion.",
        "A protrusion rather than a bulge.",
        "Negative for disc bulge.",
        "The disc bulge has resolved.",
    ],
)
def test_what_a_report_denies_is_never_told_as_there(text: str) -> None:
    assert "disc_bulge" in absent(text)
    assert "disc_bulge" not in there(text)


@pytest.mark.parametrize(
    "text",
    [
        "No significant change in the disc bulge.",
        "No more than a disc bulge.",
        "No canal stenosis from the disc bulge.",
        "No fracture, mild disc bulge.",
        "No protrusion but a disc bulge.",
        "MRI without contrast. Disc bulge.",
        "No stenosis despite the disc bulge.",
    ],
)
def test_a_no_that_belongs_to_something_else_denies_nothing(text: str) -> None:
    assert "disc_bulge" in there(text)


@pytest.mark.parametrize(
    ("text", "id", "card"),
    [
        ("Wedge fracture of L1.", "fracture", "trauma"),
        ("Old healed fracture of L1.", "fracture", "trauma"),
        ("Compression of the cauda equina.", "cauda_equina", "cauda_equina"),
        ("The cord is compressed.", "cord_compression", "cauda_equina"),
        ("Severe canal stenosis.", "severe_canal_stenosis", "cauda_equina"),
        ("Discitis at L3/4.", "infection", "infection"),
        ("Epidural abscess.", "abscess", "infection"),
        ("Suspicious lesion in L5.", "tumour", "cancer"),
        ("Bony metastases.", "metastasis", "cancer"),
        ("Aortic aneurysm.", "aneurysm", "cardiac_or_vascular"),
    ],
)
def test_a_word_that_needs_a_clinician_raises_its_card(text: str, id: str, card: str) -> None:
    assert urgent(text)[id] == card


@pytest.mark.parametrize(
    "text",
    [
        "Cannot exclude a fracture.",
        "Fracture is not excluded.",
        "Fracture cannot be entirely ruled out.",
        "? fracture of L2",
        "Fracture is unlikely.",
        "The fracture has resolved.",
        "No change in the fracture.",
    ],
)
def test_a_doubt_is_no_denial(text: str) -> None:
    assert urgent(text) == {"fracture": "trauma"}


@pytest.mark.parametrize(
    "text", ["No fracture.", "Fracture excluded.", "No fracture, infection or tumour."]
)
def test_a_denied_urgent_word_raises_nothing_and_is_told_as_absent(text: str) -> None:
    assert urgent(text) == {}
    assert "fracture" in absent(text)


@pytest.mark.parametrize("id", [id for id in term_ids() if is_urgent(id)])
def test_an_urgent_word_is_never_told_as_common(id: str) -> None:
    assert id not in set(TableFinding)


def test_no_age_makes_an_urgent_word_common() -> None:
    text = "Fracture. Severe canal stenosis. Abscess. Metastasis. Disc bulge."
    found = read_report(text, age=60).findings
    said = {each.id for each in found if each.percent_without_pain is not None}
    assert said == {"disc_bulge"}


def test_what_was_asked_is_no_answer() -> None:
    text = "Clinical details: ?disc prolapse, ?cauda equina.\nReport: cauda equina is normal."
    assert there(text) == set()
    assert urgent(text) == {}


def test_an_urgent_word_that_was_asked_and_not_answered_stands() -> None:
    assert urgent("Indication: ?discitis.\nReport: disc bulge at L4/5.") == {
        "infection": "infection"
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Disc bulge at L4/5.", ("L4/5",)),
        ("Disc bulge at L5-S1.", ("L5/S1",)),
        ("C5/6 disc bulge.", ("C5/6",)),
        ("Disc bulge at L4/L5.", ("L4/5",)),
        ("Disc bulges from L3/4 to L5/S1.", ("L3/4", "L4/5", "L5/S1")),
        ("Disc bulges at L2/3, L3/4 and L5/S1.", ("L2/3", "L3/4", "L5/S1")),
        ("Disc bulges L3-S1.", ("L3/4", "L4/5", "L5/S1")),
        ("L4/5: small tear. Disc bulge.", ("L4/5",)),
        ("Disc bulge at the lumbosacral junction.", ("L5/S1",)),
        ("Disc bulge touching the S1 nerve root.", ()),
        ("Disc bulge, dark on T2 images.", ()),
        ("Disc bulge.", ()),
    ],
)
def test_a_finding_knows_its_levels(text: str, expected: tuple[str, ...]) -> None:
    assert levels(text, "disc_bulge") == expected


def test_a_slip_of_one_bone_on_the_next_lies_between_them() -> None:
    assert levels("Anterolisthesis of L4 on L5.", "spondylolisthesis") == ("L4/5",)


def test_each_of_two_findings_has_its_own_level() -> None:
    text = "At L4/5 there is a bulge and at L5/S1 a protrusion."
    assert levels(text, "disc_bulge") == ("L4/5",)
    assert levels(text, "disc_protrusion") == ("L5/S1",)


def test_a_report_that_is_too_long_is_refused() -> None:
    with pytest.raises(BadInput):
        read_report("a" * (CHARACTERS_TOP + 1))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=40), st.text(max_size=8))
def test_offsets_always_cut_the_text_that_they_name(words: list[str], odd: str) -> None:
    text = odd.join(("", *words)) + odd + " ".join(words)
    reading = read_report(text, age=47)
    for each in reading.findings:
        assert text[each.start : each.end] == each.text
    assert {each.id for each in reading.urgent} <= {id for id in term_ids() if is_urgent(id)}


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(["disc bulge", "fracture", "canal stenosis", "nerve root compression"]))
def test_a_plain_no_before_a_thing_always_denies_it(thing: str) -> None:
    for text in (f"No {thing}.", f"No evidence of {thing}.", f"Without {thing}.", f"{thing}: none"):
        assert there(text) == set()
