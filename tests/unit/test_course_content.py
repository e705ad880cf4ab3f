"""The shipped course is whole, plain, careful, and fits the lessons and movements there are."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from safetomove.content import catalogue, course
from safetomove.content.files import BadContent, WordFile, read_evidence
from safetomove.core.course import Attendance, How, Note, Pace, Session, StepKind, kit
from safetomove.core.doing import Kit
from tests.guards.test_content import DOSING, FORBIDDEN, MOST_WORDS, grade, split

STAFF_GRADE = 8.0
PEOPLE_GRADE = 6.0
THIN = 350  # words: less than this could not be run without more preparation
SESSIONS = course.syllabus().sessions
EACH = pytest.mark.parametrize("session", SESSIONS, ids=lambda each: each.id)


def filled(texts: list[str]) -> list[str]:
    return [re.sub(r"\{[^}]*\}", "one", each) for each in texts]


def test_there_are_twelve_sessions_on_the_topics_of_the_course() -> None:
    assert [each.id for each in SESSIONS] == [
        "welcome", "how-pain-works", "scans-and-words", "finding-your-level", "moves-we-avoid",
        "flare-up-plan", "sleep-well", "stress-and-mood", "medicines", "eating-and-weight",
        "people-and-work", "staying-well",
    ]  # fmt: skip


def test_scores_are_taken_at_the_first_and_the_last_session() -> None:
    assert [each.number for each in SESSIONS if each.measures] == [1, 12]
    for session in SESSIONS:
        steps = [step.kind for step in session.education]
        assert (StepKind.MEASURE in steps) == session.measures


def test_food_and_weight_is_by_choice_and_nothing_else_is() -> None:
    assert [each.id for each in SESSIONS if each.opt_in] == ["eating-and-weight"]


@EACH
def test_a_session_asks_the_group_shows_something_has_slides_and_gives_a_page(
    session: Session,
) -> None:
    kinds = {step.kind for step in session.education}
    assert kinds >= {StepKind.ASK, StepKind.SHOW, StepKind.SLIDES, StepKind.HANDOUT}
    assert session.demonstrations
    assert len(session.questions) >= 2
    assert len(session.aims) >= 2
    assert len(session.say_this) == 3
    assert session.handout.lessons
    assert any(step.listen_for for step in session.education)


@EACH
def test_the_words_for_people_and_for_staff_are_plain(session: Session) -> None:
    people, staff = list(course.for_people(session)), list(course.for_staff(session))
    assert grade(split(filled(people))) <= PEOPLE_GRADE
    assert grade(split(filled(staff))) <= STAFF_GRADE
    every = split(filled(people + staff))
    assert [each for each in every if len(each.split()) > MOST_WORDS] == []
    assert sum(len(each.split()) for each in every) >= THIN


@EACH
def test_the_words_promise_nothing_false_and_dose_nothing(session: Session) -> None:
    every = filled([*course.for_people(session), *course.for_staff(session)])
    assert not [
        each for each in every for one in FORBIDDEN + DOSING if re.search(one, each, re.IGNORECASE)
    ]


def test_the_check_would_see_a_dose_in_a_session() -> None:
    assert any(re.search(one, "Take 400 mg of it.", re.IGNORECASE) for one in DOSING)


@EACH
def test_a_handout_always_has_its_safety_net(session: Session) -> None:
    net = session.handout.net
    ways = ("call", "check it is safe", "see your gp", "get help now", "ring your gp", "talk to")
    assert any(each in net.lower() for each in ways)


@EACH
def test_each_source_is_known_and_no_review_is_claimed(session: Session) -> None:
    front = course.fronts()[session.id]
    assert set(front.sources) <= set(read_evidence())
    assert front.clinical_review == "none yet"
    assert front.written < front.review_by


@EACH
def test_levels_leave_a_choice_at_nearly_every_station(session: Session) -> None:
    choices = [each.do.harder > each.do.easier for each in session.circuit.stations]
    assert sum(choices) >= len(choices) - 1
    assert len(choices) >= session.circuit.turns


def test_the_course_grows_harder() -> None:
    top = [
        sum(each.do.harder for each in session.circuit.stations) / len(session.circuit.stations)
        for session in SESSIONS
    ]
    assert sum(top[:3]) / 3 < sum(top[3:8]) / 5 < sum(top[9:]) / 3


def test_every_kind_of_movement_in_the_course_comes_up() -> None:
    done = {each.do.movement for session in SESSIONS for each in session.circuit.stations}
    assert done >= {
        "sit-to-stand", "step-up", "chest-press", "band-row", "hip-hinge", "round-lift", "bridge",
        "all-fours-reach", "stand-turn", "carry", "walk-easy", "single-leg-hinge", "wave-hands",
        "ball-rock", "leg-press",
    }  # fmt: skip


def test_the_first_sessions_need_no_gym() -> None:
    library = course.library()
    assert kit(SESSIONS[0], library) == frozenset()
    assert kit(SESSIONS[8], library) == {Kit.STEP, Kit.GYM, Kit.BAND, Kit.BALL}


def test_nobody_is_left_with_an_unfilled_number() -> None:
    numbers = catalogue.load("en").numbers
    for session in SESSIONS:
        for each in course.for_people(session):
            assert "{" not in course.spoken(each, numbers)


def test_every_note_and_mark_has_its_words() -> None:
    words = course.words()
    assert set(Note) <= set(words["report"]["notes"])
    assert set(words["attendance"]) == {*Attendance, "blank"}
    assert set(words["how"]) == set(How)
    assert set(words["pace"]) == set(Pace)
    assert set(words["kinds"]) == set(StepKind)


def test_what_goes_into_a_calendar_does_not_speak_of_health() -> None:
    shown = " ".join(course.words()["calendar"].values()).lower()
    assert not re.search(r"pain|back|physio|exercise|health|clinic|course", shown)


def test_a_session_that_a_language_lacks_comes_from_english() -> None:
    assert all(front.language == "en" for front in course.fronts("cy").values())
    assert len(course.fronts("cy")) == 12


def test_a_session_past_its_date_is_named() -> None:
    last = max(front.review_by for front in course.fronts().values())
    assert course.overdue(today=last) == ()
    assert set(course.overdue(today=last + timedelta(days=1))) == set(course.fronts())


def test_what_cannot_be_run_is_refused_with_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    file = next(each for each in course._files("en") if each.front.id == "sleep-well")
    for spoiled, says in (
        ({**file.body, "aims": []}, "session sleep-well: a session needs aims"),
        ({**file.body, "number": 9}, "the course can't be put together: the sessions must be"),
        ({**file.body, "education": _other_lesson(file)}, "session 7, step 2: there is no lesson"),
    ):
        others = [each for each in course._files("en") if each.front.id != file.front.id]
        made = (*others, replace(file, body=spoiled))
        monkeypatch.setattr(course, "_files", lambda language, made=made: made)
        with pytest.raises(BadContent, match=says):
            course._syllabus.__wrapped__("en")
        monkeypatch.undo()


def _other_lesson(file: WordFile) -> list[object]:
    steps = file.body["education"]
    assert isinstance(steps, list)
    return [{**step, "lesson": "nowhere"} if "lesson" in step else step for step in steps]
