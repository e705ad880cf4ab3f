"""Look whether the records can still be read."""

from safetomove.records.models import Clinic, Person
from safetomove.services.clinic.holding import look as look_at_clinic
from safetomove.services.holding import look


def open_every_seal() -> int:
    """Open each person's file, and each clinic, with the site key; return how many people.

    Raises
    ------
    NoSiteKey, SealBroken
        The key is absent, or is not the one that these records were sealed with.
    """
    people = list(Person.objects.values_list("pk", flat=True))
    for person in people:
        look(person)
    for clinic in Clinic.objects.values_list("pk", flat=True):
        look_at_clinic(clinic)
    return len(people)
