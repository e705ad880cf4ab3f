"""From what leaves the clinic, no count under eight can be read or worked out."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from safetomove.core.course import (
    LEAST,
    Attendance,
    Better,
    CourseFacts,
    CourseReport,
    Note,
    Register,
    Scale,
    Scores,
    course_report,
    outside,
    rows,
)

SCALE = Scale(id="interference", better=Better.LOWER, mic=2.0)
TWIN = Scale(id="of-the-same-form", better=Better.LOWER, mic=1.0)
Sum = tuple[str, tuple[str, ...]]


def counts(of: CourseReport) -> dict[str, int | None]:
    """Return every count of a report by name."""
    found = {
        name: getattr(of, name)
        for name in ("enrolled", "started", "never_came", "completed", "stopped")
    }
    for each in of.sessions:
        found |= {f"{n} {each.number}": getattr(each, n) for n in ("came", "absent", "blank")}
    for n, each in enumerate(of.measures):
        found |= {f"{k} {n}": getattr(each, k) for k in ("both", "no_first", "no_last", "neither")}
        if each.improved and each.worse:
            found[f"improved {n}"], found[f"worse {n}"] = each.improved.count, each.worse.count
            found[f"between {n}"] = each.between
    return found


def sums(of: CourseReport) -> list[Sum]:
    """Return what anybody knows: which counts add up to which."""
    known: list[Sum] = [
        ("enrolled", ("started", "never_came")), ("started", ("completed", "stopped")),
    ]  # fmt: skip
    for each in of.sessions:
        known.append(("enrolled", tuple(f"{n} {each.number}" for n in ("came", "absent", "blank"))))
    for n, each in enumerate(of.measures):
        parts = ("both", "no_first", "no_last", "neither")
        known.append(("enrolled", tuple(f"{k} {n}" for k in parts)))
        if each.improved is not None:
            parts = ("improved", "worse", "between")
            known.append((f"both {n}", tuple(f"{k} {n}" for k in parts)))
    return known


def twins(of: CourseReport) -> list[Sum]:
    """Return what is known of two scales of one form: as many lack the one as the other."""
    parts = ("both", "no_first", "no_last", "neither") if len(of.measures) > 1 else ()
    return [(f"{each} 0", (f"{each} 1",)) for each in parts]


def most_it_can_be(name: str, shown: dict[str, int | None], known: list[Sum]) -> float:
    """Return the largest value of a hidden count that fits all that is shown; inf for any."""
    names = list(shown)
    rows_, right = [], []
    for whole, parts in known:
        row = np.zeros(len(names))
        row[names.index(whole)] = 1
        for part in parts:
            row[names.index(part)] = -1
        rows_.append(row)
        right.append(0)
    bounds = [(0, None) if shown[each] is None else (shown[each],) * 2 for each in names]
    goal = np.zeros(len(names))
    goal[names.index(name)] = -1
    found = linprog(goal, A_eq=np.array(rows_), b_eq=right, bounds=bounds)
    return np.inf if found.status == 3 else float(-found.fun)


@st.composite
def courses(draw: st.DrawFn) -> CourseReport:
    """Draw a course of any size, from empty to two hundred, with gaps of every kind."""
    size = draw(st.sampled_from([0, 1, 7, 8, 9, 15, 16, 24, 40, 90, 200]))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    sessions = draw(st.sampled_from([1, 2, 3]))
    people = tuple(f"p{n}" for n in range(size))
    rates = rng.dirichlet(rng.choice([0.3, 1.0, 5.0], 3))
    signs = [Attendance.PRESENT, Attendance.ABSENT, None]
    marks = {
        (key, n): sign
        for key in people
        for n in range(1, sessions + 1)
        if (sign := signs[rng.choice(3, p=rates)]) is not None
    }
    gone = rng.choice([0.0, 0.05, 0.3])
    drift = rng.choice([-4.0, -1.0, 0.0])
    scores: dict[str, dict[str, Scores]] = {SCALE.id: {}, TWIN.id: {}}
    for key in people:
        lacks = rng.random(2) < gone
        for scale, by in ((SCALE, drift), (TWIN, rng.choice([-3.0, 0.0]))):
            pair = [float(rng.normal(6, 1)), float(rng.normal(6 + by, 1.5))]
            before, after = (None if no else at for no, at in zip(lacks, pair, strict=True))
            scores[scale.id][key] = Scores(before=before, after=after)
    register = Register(sessions=sessions, people=people, marks=marks)
    made = CourseFacts(id="c", register=register, scores=scores)
    return course_report([made], [SCALE, TWIN][: draw(st.integers(1, 2))])


@given(courses())
@settings(max_examples=40)
def test_what_is_hidden_may_be_eight_or_more_for_all_that_is_shown(told: CourseReport) -> None:
    shared = outside(told)
    shown, known, true = counts(shared), sums(shared) + twins(shared), counts(told)
    for name, count in shown.items():
        assert count is None or (count >= LEAST and count == true[name])
        if count is None:
            assert most_it_can_be(name, shown, known) >= LEAST - 1e-6, name


@given(courses())
@settings(max_examples=60)
def test_no_total_less_the_shown_parts_leaves_fewer_than_eight(told: CourseReport) -> None:
    shared = outside(told)
    shown = counts(shared)
    for whole, parts in sums(shared):
        total, seen = shown[whole], [shown[each] for each in parts]
        if total is not None and None in seen:
            assert seen.count(None) > 1
            assert total - sum(each for each in seen if each is not None) >= LEAST


@given(courses())
@settings(max_examples=40)
def test_a_hidden_share_shows_no_interval_and_hidden_scores_no_mean(told: CourseReport) -> None:
    change = outside(told).measures[0]
    for share in (change.improved, change.worse):
        if share is not None and share.count is None:
            assert (share.low, share.high) == (None, None)
    if change.both is None:
        assert (change.before, change.after, change.change) == (None, None, None)


def test_a_small_course_shows_nothing_and_says_so() -> None:
    people = tuple("abcdefg")
    register = Register(sessions=12, people=people, marks={})
    told = course_report([CourseFacts(id="c", register=register, scores={})], [SCALE])
    shared = outside(told)
    assert set(counts(shared).values()) == {None}
    assert {Note.SMALL_HIDDEN, Note.TOO_FEW, Note.NO_COMPARISON_GROUP} <= set(shared.notes)
    assert all(row[3] == "hidden" for row in rows(shared) if row[0] in ("people", "session"))


def test_a_large_course_still_tells_most_of_it() -> None:
    """Of 100 people, 80 came, 11 were away and 9 not noted; 60 improved of 90 with scores."""
    people = tuple(f"p{n}" for n in range(100))
    marks = {
        (key, n): Attendance.PRESENT if at < 80 else Attendance.ABSENT
        for at, key in enumerate(people)
        for n in range(1, 13)
        if at < 91
    }
    scores = {
        key: Scores(
            before=8.0, after=None if at >= 90 else 5.0 if at < 60 else 8.0 if at < 75 else 11.0
        )
        for at, key in enumerate(people)
    }
    register = Register(sessions=12, people=people, marks=marks)
    shared = outside(
        course_report([CourseFacts(id="c", register=register, scores={SCALE.id: scores})], [SCALE])
    )
    change = shared.measures[0]
    assert (shared.enrolled, shared.completed) == (100, 80)
    assert (shared.started, shared.stopped, shared.never_came) == (None, None, None)  # 80, 0, 20
    assert [(each.came, each.absent, each.blank) for each in shared.sessions] == [(80, 11, 9)] * 12
    assert change.improved is not None
    assert change.worse is not None
    assert (change.improved.count, change.between, change.worse.count) == (60, 15, 15)
    assert change.both == 90
    assert (change.no_first, change.no_last, change.neither) == (None, None, None)  # 0, 10, 0


def test_the_notes_outside_do_not_tell_of_a_nought() -> None:
    full = Register(sessions=1, people=tuple("abcdefghij"),
                    marks={(key, 1): Attendance.PRESENT for key in "abcdefghij"})  # fmt: skip
    scores = {SCALE.id: {key: Scores(before=5, after=1) for key in full.people}}
    told = course_report([CourseFacts(id="c", register=full, scores=scores)], [SCALE])
    assert Note.MISSING_SCORES not in told.notes
    assert {Note.MISSING_SCORES, Note.BLANK_MARKS} <= set(outside(told).notes)


def test_what_is_outside_already_stays_as_it_is() -> None:
    register = Register(sessions=1, people=("a",), marks={})
    told = course_report([CourseFacts(id="c", register=register, scores={})], [])
    assert outside(outside(told)) == outside(told)
