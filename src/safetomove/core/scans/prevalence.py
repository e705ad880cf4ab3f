"""How many people without back pain have each finding, by age.

The figures are those of a review of 33 studies with 3,110 people who had no back pain
(Brinjikji 2015, AJNR 36:811, table 2), as the review's model gives them for each decade.
To be read again by November 2027.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from safetomove.core.errors import BadInput

TABLE_VERSION: Final = "2026-11-22"
AGES: Final = (20, 30, 40, 50, 60, 70, 80)  # years
YOUNGEST: Final = AGES[0]
OLDEST: Final = AGES[-1]
DECADE: Final = 10  # years between two columns
NEVER_OLDER: Final = 120  # years; a number beyond this is a slip of the finger


class TableFinding(StrEnum):
    """The eight findings of the table, in its order."""

    DISC_DEGENERATION = "disc_degeneration"
    SIGNAL_LOSS = "signal_loss"
    HEIGHT_LOSS = "height_loss"
    DISC_BULGE = "disc_bulge"
    DISC_PROTRUSION = "disc_protrusion"
    ANNULAR_FISSURE = "annular_fissure"
    FACET_DEGENERATION = "facet_degeneration"
    SPONDYLOLISTHESIS = "spondylolisthesis"


class Basis(StrEnum):
    """What a figure rests on."""

    STUDIED = "studied"  # a column of the table
    BETWEEN = "between"  # a straight line between two columns
    BEYOND_THOSE_SCANNED = "beyond_those_scanned"  # the review's own guess: nobody was scanned
    FEW_SCANNED = "few_scanned"


# Percent of people without back pain, by age in AGES.
_PERCENT: Final = {
    TableFinding.DISC_DEGENERATION: (37, 52, 68, 80, 88, 93, 96),
    TableFinding.SIGNAL_LOSS: (17, 33, 54, 73, 86, 94, 97),
    TableFinding.HEIGHT_LOSS: (24, 34, 45, 56, 67, 76, 84),
    TableFinding.DISC_BULGE: (30, 40, 50, 60, 69, 77, 84),
    TableFinding.DISC_PROTRUSION: (29, 31, 33, 36, 38, 40, 43),
    TableFinding.ANNULAR_FISSURE: (19, 20, 22, 23, 25, 27, 29),
    TableFinding.FACET_DEGENERATION: (4, 9, 18, 32, 50, 69, 83),
    TableFinding.SPONDYLOLISTHESIS: (3, 5, 8, 14, 23, 35, 50),
}
# Below this age nobody was scanned for these, so what the table says is its model's guess.
_SCANNED_FROM: Final = {TableFinding.FACET_DEGENERATION: 40, TableFinding.SPONDYLOLISTHESIS: 40}
_FEW_AT: Final = {TableFinding.HEIGHT_LOSS: 20}  # 15 people

# Odds ratios up to age 50, people with back pain against people without (Brinjikji 2015,
# AJNR 36:2394). Only for these did the same authors find more in people with pain.
MORE_WITH_PAIN: Final = {
    "disc_bulge": 7.5,  # 95 % interval 1.3 to 45
    "spondylolysis": 5.1,
    "disc_extrusion": 4.4,
    "modic_change": 4.0,  # type 1
    "disc_protrusion": 2.65,
    "disc_degeneration": 2.2,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """People in a hundred without back pain who have a finding, and what that rests on."""

    finding: TableFinding
    age: int
    percent: int
    basis: Basis


def share_at(finding: TableFinding, age: int) -> Share | None:
    """Say how common a finding is at an age, or None where the table doesn't reach.

    Parameters
    ----------
    finding
        One of the eight of the table.
    age
        In whole years.

    Returns
    -------
    Share or None
        Whole percent. Between two decades a straight line, rounded half up; None below 20 and
        above 80 years, for we guess nothing that the review did not.

    Raises
    ------
    BadInput
        For an age that nobody has.
    """
    check_age(age)
    if not YOUNGEST <= age <= OLDEST:
        return None
    return Share(
        finding=finding, age=age, percent=_percent(finding, age), basis=_basis(finding, age)
    )


def percent_without_pain(id: str, age: int | None) -> int | None:
    """Return the whole percent for a finding's id, None where no figure is known."""
    if age is None:
        return None
    check_age(age)
    if id not in set(TableFinding):
        return None
    share = share_at(TableFinding(id), age)
    return None if share is None else share.percent


def check_age(age: int) -> None:
    """Refuse an age that nobody has."""
    if not 0 <= age <= NEVER_OLDER:
        raise BadInput(f"an age is a whole number of years up to {NEVER_OLDER}, not {age}")


def _percent(finding: TableFinding, age: int) -> int:
    row = _PERCENT[finding]
    column, past = divmod(age - YOUNGEST, DECADE)
    if not past:
        return row[column]
    rise = (row[column + 1] - row[column]) * past
    return row[column] + (2 * rise + DECADE) // (2 * DECADE)  # half up


def _basis(finding: TableFinding, age: int) -> Basis:
    if age < _SCANNED_FROM.get(finding, YOUNGEST):
        return Basis.BEYOND_THOSE_SCANNED
    if age < _FEW_AT.get(finding, 0) + DECADE and finding in _FEW_AT:
        return Basis.FEW_SCANNED
    return Basis.STUDIED if age % DECADE == 0 else Basis.BETWEEN
