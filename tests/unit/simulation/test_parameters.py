"""Every number behind a virtual patient stands in one table, and can be put differently."""

import numpy as np
import pytest

from safetomove.core.simulation import FAMILIES, FamilyId, table_of
from safetomove.core.simulation.noise import Noise
from safetomove.core.simulation.parameters import BadParameter, Parameter, Shape, draw_people
from tests.guards.project import ROOT

PAGE = ROOT / "docs" / "reference" / "virtual-patients.md"


def a_parameter(shape: Shape, value: float, spread: float) -> Parameter:
    return Parameter(name="x", value=value, unit="1", shape=shape, spread=spread, meaning="x")


@pytest.mark.parametrize(
    ("shape", "value", "spread", "middle"),
    [
        (Shape.LOG_NORMAL, 3.0, 0.5, 3.0),
        (Shape.NORMAL, -1.0, 2.0, -1.0),
        (Shape.SHARE, 0.2, 0.6, 0.2),
        (Shape.SAME, 4.0, 0.0, 4.0),
    ],
)
def test_the_middle_person_has_the_tables_value(
    shape: Shape, value: float, spread: float, middle: float
) -> None:
    drawn = a_parameter(shape, value, spread).draw(Noise(1, 40_000))
    assert float(np.median(drawn)) == pytest.approx(middle, abs=0.04)


def test_a_yes_or_no_is_drawn_at_its_share() -> None:
    drawn = a_parameter(Shape.YES_NO, 0.35, 0.0).draw(Noise(1, 40_000))
    assert set(np.unique(drawn)) == {0.0, 1.0}
    assert float(drawn.mean()) == pytest.approx(0.35, abs=0.01)


@pytest.mark.parametrize(
    ("shape", "value", "spread"),
    [
        (Shape.LOG_NORMAL, 0.0, 1.0),
        (Shape.SHARE, 1.0, 1.0),
        (Shape.NORMAL, float("nan"), 1.0),
        (Shape.NORMAL, 1.0, -1.0),
    ],
)
def test_a_value_that_cannot_be_drawn_is_refused(shape: Shape, value: float, spread: float) -> None:
    with pytest.raises(BadParameter):
        a_parameter(shape, value, spread)


def test_a_changed_value_moves_that_parameter_and_no_other() -> None:
    table = table_of(FamilyId.NULL)
    before = draw_people(table, Noise(1, 100))
    after = draw_people(table, Noise(1, 100), {"skip": 0.3})
    assert (after["skip"] > before["skip"]).all()
    assert all((after[name] == before[name]).all() for name in before if name != "skip")
    with pytest.raises(BadParameter, match="no parameter skipp"):
        draw_people(table, Noise(1, 100), {"skipp": 0.3})


@pytest.mark.parametrize("family", FamilyId)
def test_no_name_stands_twice_and_each_row_says_what_it_means_and_whence(family: FamilyId) -> None:
    table = table_of(family)
    assert len({one.name for one in table}) == len(table)
    assert all(one.meaning and one.unit and one.source for one in table)


def test_the_page_of_parameters_is_what_the_table_makes() -> None:
    from scripts.print_virtual_patients import page

    assert PAGE.read_text(encoding="utf-8") == page()


def test_there_are_five_families_and_one_is_held_out() -> None:
    assert set(FAMILIES) == set(FamilyId)
    assert len(FAMILIES) == 5
