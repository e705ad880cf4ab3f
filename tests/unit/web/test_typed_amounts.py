"""What is typed is read as it was meant: a comma of thousands never makes an amount tiny."""

import pytest

from safetomove.web.patient.forms import parse_amount
from safetomove.web.patient.presenters import plain_number


@pytest.mark.parametrize(
    ("typed", "amount"),
    [("12", 12), ("2,5", 2.5), ("1,200", 1200), ("12,000", 12000), ("8½", 8.5), (" 0 ", 0)],
)
def test_an_amount_is_read_as_it_is_written(typed: str, amount: float) -> None:
    assert parse_amount(typed) == amount


@pytest.mark.parametrize("typed", ["", "lots", "nan", "-1", "1,2,3", "½½", "1,200,000"])
def test_what_is_no_amount_is_refused(typed: str) -> None:
    assert parse_amount(typed) is None


@pytest.mark.parametrize("amount", [1200, 4000.5, 8.75, 1 / 3, 100_000])
def test_an_amount_put_back_into_its_field_comes_back_the_same(amount: float) -> None:
    assert parse_amount(plain_number(amount)) == amount
