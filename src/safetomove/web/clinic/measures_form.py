"""What staff type from a paper form: the answers, and when they were given."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from safetomove.core.measures import Instrument
from safetomove.services.measures import Occasion
from safetomove.web import measure_forms
from safetomove.web.clinic.people_form import day_typed
from safetomove.web.measure_forms import Sent
from safetomove.web.words import page

EARLIEST: Final = dt.date(2000, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """A paper form as typed. `day` and `label` are None where they can't be read."""

    form: Sent
    day: dt.date | None
    label: Occasion | None
    errors: list[tuple[str, str]]


def parse(instrument: Instrument, sent: Mapping[str, Any], *, today: dt.date) -> Typed:
    """Read a whole form; what is wrong is said beside its field."""
    form = measure_forms.read(instrument, sent)
    said = page("clinic_measures")["errors"]
    day = day_typed(str(sent.get("day", "")).strip())
    errors: list[tuple[str, str]] = []
    if day is None:
        errors.append(("day", said["day"]))
    elif not EARLIEST <= day <= today:
        errors.append(("day", said["future" if day > today else "early"]))
    label = label_or_none(str(sent.get("label", "")))
    if label is None:
        errors.append(("label", said["label"]))
    return Typed(form=form, day=day, label=label, errors=[*errors, *form.errors])


def label_or_none(text: str) -> Occasion | None:
    """Read when in the course a form was filled in."""
    return Occasion(text) if text in set(Occasion) else None


def day_written(day: dt.date) -> str:
    """Write a day as it is typed."""
    return f"{day.day} {day.month} {day.year}"
