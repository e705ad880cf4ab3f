"""Look whether the records can still be read."""

from safetomove.records.models import Person
from safetomove.services.holding import look


def open_every_seal() -> int:
    """Open each person's file with the site key and return how many there are.

    Raises
    ------
    NoSiteKey, SealBroken
        The key is absent, or is not the one that these records were sealed with.
    """
    people = list(Person.objects.values_list("pk", flat=True))
    for person in people:
        look(person)
    return len(people)
