"""Change the site's key: only the wrapping of people's keys is written anew."""

from django.db import transaction

from safetomove.records.models import PersonKey
from safetomove.records.sealing import unwrap


def change_site_key(*, before: str, after: str) -> int:
    """Wrap every person's key with the new site key; return how many there were.

    All or none: SealBroken where `before` is not the key that wrapped them.
    """
    with transaction.atomic():
        rows = list(PersonKey.objects.select_for_update())
        for row in rows:
            seal = unwrap(row.wrapped, person=row.person_id, site_key=before)
            row.wrapped = seal.wrapped(after)
        PersonKey.objects.bulk_update(rows, ["wrapped"], batch_size=500)
    return len(rows)
