"""A report adds up by hand, agrees with other people's statistics, and says what is missing."""

import math
from statistics import fmean

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from safetomove.core.course import (
    COLUMNS,
    Attendance,
    BadScores,
    Better,
    CourseFacts,
    Note,
    Register,
    Scale,
    Scores,
    course_report,
    mean_change,
    rows,
    wilson,
)

PAIN = Scale(id="interference", better=Better.LOWER, mic=2.0)
STANDS = Scale(id="sit-to-stand", better=Better.HIGHER, mic=2.0)
OPEN = Scale(id="days-active", better=Better.HIGHER)


def facts(id: str = "autumn") -> CourseFacts:
    """Four people: ann did it all, bob left, cat came twelve times unscored, dan never came."""
    came = {"ann": 9, "bob": 3, "cat": 12, "dan": 0}
    marks = {
        (key, n): Attendance.PRESENT if n <= count else Attendance.ABSENT
        for key, count in came.items()
        for n in range(1, 13)
        if key != "dan" or n < 3
    }
    return CourseFacts(
        id=id,
        register=Register(sessions=12, people=tuple(came), marks=marks),
        scores={
            "interference": {
                "ann": Scores(before=7, after=5),
                "bob": Scores(before=6, after=None),
                "cat": Scores(before=5, after=5.5),
                "dan": Scores(before=None, after=4),
            },
            "sit-to-stand": {"ann": Scores(before=8, after=12), "cat": Scores(before=10, after=8)},
        },
    )


def test_who_came_is_counted_by_hand() -> None:
    told = course_report([facts()], [PAIN])
    assert (told.enrolled, told.started, told.never_came) == (4, 3, 1)
    assert (told.completed, told.stopped) == (2, 1)
    first, third, tenth = told.sessions[0], told.sessions[2], told.sessions[9]
    assert (first.came, first.absent, first.blank) == (3, 1, 0)
    assert (third.came, third.absent, third.blank) == (3, 0, 1)
    assert (tenth.came, tenth.absent, tenth.blank) == (1, 2, 1)


def test_what_changed_and_what_is_missing_is_counted_by_hand() -> None:
    pain, stands = course_report([facts()], [PAIN, STANDS]).measures
    assert (pain.both, pain.no_first, pain.no_last, pain.neither) == (2, 1, 1, 0)
    assert (pain.before, pain.after) == (6.0, 5.25)
    assert pain.change is not None
    assert pain.change.value == -0.75
    # two differences, -2 and 0.5: sd 1.7678, over the root of 2 is 1.25, times t(1) = 12.7062
    assert (round(pain.change.low, 3), round(pain.change.high, 3)) == (-16.633, 15.133)
    assert pain.improved is not None
    assert pain.worse is not None
    assert (pain.improved.count, pain.worse.count, pain.between) == (1, 0, 1)
    assert stands.improved is not None
    assert stands.worse is not None
    assert (stands.improved.count, stands.worse.count, stands.between) == (1, 1, 0)


def test_the_direction_of_better_decides_and_a_change_of_just_the_least_that_counts_does() -> None:
    steps = {"a": Scores(before=0.1 + 0.2, after=2.3), "b": Scores(before=5, after=3)}
    who = Register(sessions=12, people=("a", "b"), marks={})
    for scale, better in ((STANDS, 1), (Scale(id="x", better=Better.LOWER, mic=2.0), 1)):
        made = CourseFacts(id="c", register=who, scores={scale.id: steps})
        change = course_report([made], [scale]).measures[0]
        assert change.improved is not None
        assert change.worse is not None
        assert (change.improved.count, change.worse.count) == (better, 1)


def test_a_measure_without_an_agreed_least_change_tells_no_shares() -> None:
    change = course_report([facts()], [OPEN]).measures[0]
    assert (change.improved, change.worse, change.between) == (None, None, None)
    assert (change.both, change.neither, change.change) == (0, 4, None)


def test_there_is_no_interval_for_one_person() -> None:
    assert mean_change([1.0]) is None
    assert mean_change([]) is None


@given(st.lists(st.floats(-100, 100), min_size=2, max_size=60))
@settings(max_examples=60)
def test_the_interval_of_a_mean_is_students(steps: list[float]) -> None:
    made = mean_change(steps)
    assert made is not None
    assert math.isclose(made.value, fmean(steps), abs_tol=1e-9)
    if np.std(steps) > 1e-9:
        low, high = stats.t.interval(
            0.95, len(steps) - 1, loc=np.mean(steps), scale=stats.sem(steps)
        )
        assert math.isclose(made.low, low, rel_tol=1e-9, abs_tol=1e-9)
        assert math.isclose(made.high, high, rel_tol=1e-9, abs_tol=1e-9)


def test_the_interval_agrees_with_a_paired_test() -> None:
    before, after = [7, 6, 8, 5, 9, 4], [5, 6, 5, 4, 6, 4]
    made = mean_change([b - a for a, b in zip(before, after, strict=True)])
    theirs = stats.ttest_rel(after, before).confidence_interval(0.95)
    assert made is not None
    assert math.isclose(made.low, theirs.low, rel_tol=1e-12)
    assert math.isclose(made.high, theirs.high, rel_tol=1e-12)


@pytest.mark.parametrize("of", [1, 2, 7, 20, 286])
def test_the_interval_of_a_share_is_wilsons(of: int) -> None:
    for count in range(of + 1):
        theirs = proportion_confint(count, of, alpha=0.05, method="wilson")
        assert wilson(count, of) == pytest.approx(theirs, abs=1e-12)


@pytest.mark.parametrize(("count", "of"), [(1, 0), (3, 2), (-1, 2)])
def test_a_share_that_cannot_be_is_refused(count: int, of: int) -> None:
    with pytest.raises(BadScores):
        wilson(count, of)


def test_the_uncontrolled_comparison_is_always_said() -> None:
    assert Note.NO_COMPARISON_GROUP in course_report([facts()], []).notes


def test_missing_scores_and_blank_marks_are_said() -> None:
    notes = course_report([facts()], [PAIN]).notes
    assert {Note.MISSING_SCORES, Note.ONLY_BOTH_SCORES, Note.BLANK_MARKS} <= set(notes)


def test_pooling_adds_people_up_and_never_mixes_two_with_the_same_key() -> None:
    one, two = course_report([facts()], [PAIN]), course_report([facts(), facts("spring")], [PAIN])
    assert (one.enrolled, two.enrolled) == (4, 8)
    assert (two.measures[0].both, two.measures[0].no_last) == (4, 2)
    assert two.measures[0].before == one.measures[0].before
    assert Note.POOLED in two.notes
    assert Note.POOLED not in one.notes


def test_courses_of_other_lengths_or_none_are_refused() -> None:
    short = CourseFacts(id="s", register=Register(sessions=8, people=(), marks={}), scores={})
    with pytest.raises(BadScores, match="lengths"):
        course_report([facts(), short], [])
    with pytest.raises(BadScores, match="no course"):
        course_report([], [])


def test_a_score_of_somebody_who_is_not_enrolled_is_refused() -> None:
    register = Register(sessions=12, people=("a",), marks={})
    with pytest.raises(BadScores, match="not in the register"):
        CourseFacts(id="c", register=register, scores={"x": {"b": Scores(before=1, after=1)}})


@pytest.mark.parametrize("score", [math.nan, math.inf])
def test_a_score_that_is_no_number_is_refused(score: float) -> None:
    with pytest.raises(BadScores):
        Scores(before=score, after=None)


def test_a_least_change_of_nothing_is_refused() -> None:
    with pytest.raises(BadScores):
        Scale(id="x", better=Better.LOWER, mic=0.0)


def test_the_table_holds_every_number_of_the_report() -> None:
    made = rows(course_report([facts()], [PAIN, OPEN]))
    assert all(len(row) == len(COLUMNS) for row in made)
    assert ("people", "completed", "count", "2", "", "") in made
    assert ("session", "1", "came", "3", "", "") in made
    assert ("measure", "interference", "mean_change", "-0.750", "-16.633", "15.133") in made
    assert ("measure", "interference", "minimal_important_change", "2.000", "", "") in made
    assert ("measure", "days-active", "mean_change", "none", "none", "none") in made
    assert ("note", "no_comparison_group", "applies", "yes", "", "") in made


def test_no_cell_of_the_table_runs_as_a_formula() -> None:
    evil = Scale(id="=cmd|' /C calc'!A0", better=Better.LOWER, mic=1.0)
    assert all(not row[1].startswith("=") for row in rows(course_report([facts()], [evil])))
