"""A course that can't be run is refused, and a site's change makes a new version."""

import json
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest

from safetomove.content import course
from safetomove.core.course import (
    BadSyllabus,
    Block,
    Exercise,
    Library,
    MadeFrom,
    MovementFacts,
    Syllabus,
    problems,
    read_session,
)
from safetomove.core.doing import Tag, Way

Data = dict[str, Any]
SHIPPED = course.syllabus()


def plain() -> Data:
    return deepcopy(json.loads(json.dumps(SHIPPED.to_json())))


def step(data: Data) -> Data:
    found: Data = data["sessions"][2]["education"][0]
    return found


def test_a_course_comes_back_from_json_as_it_was() -> None:
    assert Syllabus.from_json(plain()) == SHIPPED


def test_a_changed_session_makes_the_next_version_that_says_what_it_was_made_from() -> None:
    own = SHIPPED.copied("derwent-course", title="Our course")
    changed = own.changed(replace(own.session(3), title="Pictures and words"))
    assert (own.version, own.made_from) == (1, MadeFrom(id=SHIPPED.id, version=SHIPPED.version))
    assert (changed.version, changed.made_from) == (2, MadeFrom(id="derwent-course", version=1))
    assert (own.session(3).title, changed.session(3).title) == (
        "Scans and words", "Pictures and words",
    )  # fmt: skip


def test_sessions_can_be_left_out_and_put_in_another_order() -> None:
    short = SHIPPED.ordered((1, 8, 4, 12))
    assert [(each.number, each.id) for each in short.sessions] == [
        (1, "welcome"), (2, "stress-and-mood"), (3, "finding-your-level"), (4, "staying-well"),
    ]  # fmt: skip
    assert short.version == SHIPPED.version + 1


def _drop_step(data: Data) -> None:
    del data["sessions"][2]["education"][0]


def _longer_turns(data: Data) -> None:
    data["sessions"][2]["circuit"]["turn_minutes"] = 6


def _no_stop(data: Data) -> None:
    data["stop_if"] = []


def _two_tries(data: Data) -> None:
    data["sessions"][4]["handout"]["tries"].pop()


WRONG: dict[str, tuple[Callable[[Data], object], str]] = {
    "education": (_drop_step, "the course, sessions 3: the talk takes 17 minutes, not 20"),
    "circuit": (_longer_turns, "the course, sessions 3, circuit: the circuit takes 46 minutes"),
    "no stop": (_no_stop, "the course: a course needs its safety questions"),
    "handout": (_two_tries, "the course, sessions 5, handout: a handout has 3 things to try"),
    "words": (
        lambda data: step(data).update(minutes="3"),
        "the course, sessions 3, education 1, minutes must be a whole number",
    ),
    "truth": (
        lambda data: step(data).update(minutes=True),
        "the course, sessions 3, education 1, minutes must be a whole number",
    ),
    "kind": (
        lambda data: step(data).update(kind="sing"),
        "the course, sessions 3, education 1, kind must be one of ask, show, tell",
    ),
    "mute": (
        lambda data: step(data).update(questions=[]),
        "the course, sessions 3, education 1: a step that asks needs a question",
    ),
    "nul": (
        lambda data: step(data).update(title="a\x00b"),
        "the course, sessions 3, education 1: there is a sign in it that can't be kept",
    ),
    "unknown": (
        lambda data: step(data).update(song="x"),
        "the course, sessions 3, education 1 has no place for 'song'",
    ),
    "absent": (lambda data: step(data).pop("title"), "the course, sessions 3, education 1 has no"),
    "shape": (lambda data: data.update(shape=9), "the course is not written in shape 1"),
    "order": (lambda data: data["sessions"].reverse(), "the course: the sessions must be numbered"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_refused_in_one_sentence_that_names_the_place(name: str) -> None:
    spoil, says = WRONG[name]
    data = plain()
    spoil(data)
    with pytest.raises(BadSyllabus) as refused:
        Syllabus.from_json(data)
    assert str(refused.value).startswith(says)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("data", [None, [], "x", 3, {"shape": 1, "sessions": 3}])
def test_what_is_no_course_at_all_is_refused(data: Any) -> None:
    with pytest.raises(BadSyllabus):
        Syllabus.from_json(data)
    with pytest.raises(BadSyllabus):
        read_session(data)


def test_a_topic_by_choice_must_say_how_it_is_offered() -> None:
    with pytest.raises(BadSyllabus, match="by choice"):
        replace(SHIPPED.session(10), opt_in_words="")


def test_a_station_cannot_be_swapped_for_itself_and_levels_go_up() -> None:
    station = SHIPPED.session(1).circuit.stations[0]
    with pytest.raises(BadSyllabus, match="swapped for itself"):
        replace(station, swap=station.do)
    with pytest.raises(BadSyllabus, match="levels 3 to 1"):
        Exercise(movement="march", easier=3, harder=1)


def test_what_a_course_names_must_be_in_the_library() -> None:
    assert problems(SHIPPED, course.library()) == ()
    found = problems(SHIPPED, Library(movements={}, lessons={}))
    assert "session 1, warm-up: there is no movement 'march'" in found
    assert "session 2, step 3: there is no lesson 'why-we-feel-pain'" in found
    assert "session 2, handout: there is no lesson 'danger-and-safety'" in found


def test_a_swap_that_does_not_suit_everybody_is_found() -> None:
    session = SHIPPED.session(1)
    station = replace(
        session.circuit.stations[0], swap=Exercise(movement="bridge", easier=1, harder=9)
    )
    stations = (station, *session.circuit.stations[1:])
    floor_only = Block(minutes=7, movements=("bridge",), words=("Lie down.",))
    circuit = replace(session.circuit, stations=stations, warm_up=floor_only)
    found = problems(SHIPPED.changed(replace(session, circuit=circuit)), course.library())
    assert found == (
        "session 1, warm-up: no movement in it suits everybody",
        "session 1, station 1: bridge has levels 1 to 3, not 9",
        "session 1, station 1: the swap bridge doesn't suit everybody",
    )


def test_a_swap_may_need_nothing_that_not_every_room_has() -> None:
    library = course.library()
    gym = replace(library.movements["sit-to-stand"], needs=library.movements["leg-press"].needs)
    without = Library(movements={**library.movements, "sit-to-stand": gym}, lessons=library.lessons)
    assert any("the swap sit-to-stand needs things" in each for each in problems(SHIPPED, without))


def test_facts_with_only_a_clinician_tag_still_make_a_fair_swap() -> None:
    library = course.library()
    facts = MovementFacts(levels=3, tags={Tag.RECENT_SURGERY: Way.CLINICIAN})
    movements = {**library.movements, "chair-march": facts}
    assert problems(SHIPPED, Library(movements=movements, lessons=library.lessons)) == ()
