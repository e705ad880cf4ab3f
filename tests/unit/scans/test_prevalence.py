"""How many people without pain have a finding: the table, and no guess beyond it."""

import pytest

from safetomove.core.errors import BadInput
from safetomove.core.scans import AGES, Basis, TableFinding, share_at

AT_50 = {"disc_degeneration": 80, "disc_bulge": 60, "disc_protrusion": 36, "annular_fissure": 23}


@pytest.mark.parametrize(("id", "percent"), AT_50.items())
def test_at_a_decade_the_figure_is_the_studys_own(id: str, percent: int) -> None:
    share = share_at(TableFinding(id), 50)
    assert share is not None
    assert (share.percent, share.basis) == (percent, Basis.STUDIED)


@pytest.mark.parametrize(("age", "percent"), [(41, 51), (45, 55), (47, 57), (49, 59), (80, 84)])
def test_between_two_decades_a_bulge_grows_in_a_straight_line(age: int, percent: int) -> None:
    share = share_at(TableFinding.DISC_BULGE, age)
    assert share is not None
    assert share.percent == percent


@pytest.mark.parametrize("finding", TableFinding)
def test_no_finding_grows_rarer_with_age(finding: TableFinding) -> None:
    shares = [share_at(finding, age) for age in range(AGES[0], AGES[-1] + 1)]
    percents = [each.percent for each in shares if each is not None]
    assert len(percents) == AGES[-1] - AGES[0] + 1
    assert percents == sorted(percents)


@pytest.mark.parametrize("age", [0, 19, 81, 120])
def test_outside_the_table_there_is_no_figure(age: int) -> None:
    assert share_at(TableFinding.DISC_BULGE, age) is None


@pytest.mark.parametrize("age", [-1, 121, 900])
def test_an_age_that_nobody_has_is_refused(age: int) -> None:
    with pytest.raises(BadInput):
        share_at(TableFinding.DISC_BULGE, age)


def test_what_nobody_was_scanned_for_says_so() -> None:
    said = {
        (each.finding, each.age): each.basis
        for finding in (TableFinding.FACET_DEGENERATION, TableFinding.SPONDYLOLISTHESIS)
        for age in (20, 39, 40, 45)
        if (each := share_at(finding, age))
    }
    assert {basis for (_, age), basis in said.items() if age < 40} == {Basis.BEYOND_THOSE_SCANNED}
    assert {basis for (_, age), basis in said.items() if age == 40} == {Basis.STUDIED}
    assert {basis for (_, age), basis in said.items() if age == 45} == {Basis.BETWEEN}


def test_few_people_of_20_had_their_disc_height_read() -> None:
    share = share_at(TableFinding.HEIGHT_LOSS, 20)
    assert share is not None
    assert share.basis is Basis.FEW_SCANNED
