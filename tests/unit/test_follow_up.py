"""Months after a course, on the calendar, and what was taken near them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safetomove.core.follow_up import MONTHS, NEAR_DAYS, due_days, months_after, nearest

DUE = date(2027, 5, 31)


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 11, 20), 3, date(2027, 2, 20)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2026, 12, 31), 6, date(2027, 6, 30)),
        (date(2026, 1, 31), 12, date(2027, 1, 31)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
    ],
)
def test_a_month_without_such_a_day_ends_on_its_last(day: date, months: int, then: date) -> None:
    assert months_after(day, months) == then


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_the_three_days_come_in_order_and_in_the_right_month(last: date) -> None:
    days = due_days(last)
    assert [*days] == [*MONTHS]
    assert [*days.values()] == sorted(days.values())
    for months, day in days.items():
        assert (day.year * 12 + day.month) - (last.year * 12 + last.month) == months
        assert day.day <= last.day


def test_the_nearest_filling_in_counts_and_a_far_one_never_does() -> None:
    near, far = DUE - timedelta(days=5), DUE + timedelta(days=NEAR_DAYS + 1)
    assert nearest([(far, "far"), (near, "near"), (DUE - timedelta(days=30), "older")], DUE) == (
        "near"
    )
    assert nearest([(far, "far")], DUE) is None
    assert nearest([(DUE + timedelta(days=NEAR_DAYS), "edge")], DUE) == "edge"


def test_of_two_as_near_the_later_counts() -> None:
    two = [(DUE - timedelta(days=3), "before"), (DUE + timedelta(days=3), "after")]
    assert nearest(two, DUE) == nearest(reversed(two), DUE) == "after"
