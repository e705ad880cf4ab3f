"""Change the site's key: only the wrapping of people's keys is written anew."""

from typing import Any

from django.db import transaction

from safetomove.records.models import ClinicKey, PersonKey
from safetomove.records.sealing import unwrap


def change_site_key(*, before: str, after: str) -> int:
    """Wrap every person's and clinic's key with the new site key; return how many people.

    All or none: SealBroken where `before` is not the key that wrapped them.
    """
    with transaction.atomic():
        _wrap_anew(ClinicKey, "clinic_id", before=before, after=after)
        return _wrap_anew(PersonKey, "person_id", before=before, after=after)


def _wrap_anew(model: Any, whose: str, *, before: str, after: str) -> int:
    rows = list(model.objects.select_for_update())
    for row in rows:
        seal = unwrap(row.wrapped, person=getattr(row, whose), site_key=before)
        row.wrapped = seal.wrapped(after)
    model.objects.bulk_update(rows, ["wrapped"], batch_size=500)
    return len(rows)
