"""Virtual diaries look like published ones, within the doubt of what was published."""

import pytest

from safetomove.core.simulation import FamilyId
from safetomove.core.simulation.calibration import FIGURES, calibrate

PEOPLE, SEED = 1500, 5


@pytest.mark.parametrize("family", FamilyId)
def test_every_published_figure_lies_within_its_sampling_error(family: FamilyId) -> None:
    found = calibrate(family, people=PEOPLE, seed=SEED)
    assert set(found) == {figure.id for figure in FIGURES}
    off = {one.id: found[one.id] for one in FIGURES if not one.fits(found[one.id])}
    assert not off, off


def test_a_figure_two_errors_out_fits_and_three_does_not() -> None:
    figure = FIGURES[0]
    assert figure.fits(figure.high + 1.99 * figure.error)
    assert not figure.fits(figure.high + 3 * figure.error)
    assert not figure.fits(float("nan"))
