"""What a clinic knows of somebody on its list, checked as it is made."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from safetomove.services.clinic.refusals import BadClinic
from safetomove.services.clinic.staff import tidy_name

CONTACT_TOP: Final = 200  # characters
EARLIEST_BIRTH: Final = date(1900, 1, 1)
NUMBER_DIGITS: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the clinic wrote down: two things at least say who somebody is."""

    name: str
    born: date | None = None
    number: str = ""  # a health number of ten digits, the last of them its check
    contact: str = ""
    about: dict[str, Any] = field(default_factory=dict)  # what other services keep with it

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", tidy_name(self.name))
        object.__setattr__(self, "number", tidy_number(self.number))
        object.__setattr__(self, "contact", _tidy_contact(self.contact))
        if self.born is not None and self.born < EARLIEST_BIRTH:
            raise BadClinic(f"a date of birth is not before {EARLIEST_BIRTH.year}")


def tidy_number(text: str) -> str:
    """Return a health number's ten digits; BadClinic where it can't be one."""
    digits = "".join(text.split()).replace("-", "")
    if digits and not is_number(digits):
        raise BadClinic("the number has a slip in it: ten digits, the last of them its check")
    return digits


def is_number(digits: str) -> bool:
    """Say whether ten digits are a health number, by its last digit.

    Weights 10 down to 2 on the first nine, summed; 11 less the rest by 11 is the tenth (11
    counts as 0, and 10 is no digit). Source: NHS Data Dictionary, NHS NUMBER.
    """
    if len(digits) != NUMBER_DIGITS or not (digits.isascii() and digits.isdecimal()):
        return False
    return _check_digit(digits[:-1]) == int(digits[-1])


def _check_digit(first: str) -> int:
    weighted = sum(int(digit) * (NUMBER_DIGITS - at) for at, digit in enumerate(first))
    return (11 - weighted % 11) % 11


def _tidy_contact(text: str) -> str:
    tidy = " ".join(text.split())
    if len(tidy) > CONTACT_TOP or not tidy.isprintable():
        raise BadClinic(f"how to reach somebody takes at most {CONTACT_TOP} letters")
    return tidy
