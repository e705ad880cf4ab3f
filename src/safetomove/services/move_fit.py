"""What suits a person: told in the safety questions, and in Move."""

from datetime import datetime
from uuid import UUID

from safetomove.core.doing import Abilities, AboutPerson, about_person
from safetomove.services import people
from safetomove.services.holding import look
from safetomove.services.today import Today

CHOICE = "move_fit"  # the setting that holds it, so that no page needs another query


def abilities_of(today: Today) -> Abilities:
    """Return what the person told in Move; nothing told is nothing known."""
    return Abilities.from_text(today.choices.get(CHOICE, ""))


def about(today: Today | None) -> AboutPerson:
    """Return all that decides which movements fit; of somebody unknown, nothing."""
    if today is None:
        return AboutPerson()
    return about_person(today.record.safety, abilities_of(today), today=today.local_day)


def about_of(*, person: UUID, now: datetime) -> AboutPerson:
    """Return the same for one person without their day: one query, so that a picture can ask."""
    file = look(person).file
    said = Abilities.from_text(file.choices.get(CHOICE, ""))
    return about_person(file.safety, said, today=people.local_day(now=now, zone=file.zone))


def keep_abilities(*, person: UUID, abilities: Abilities, now: datetime) -> None:
    """Keep what the person told in Move."""
    people.keep_choice(person=person, name=CHOICE, value=abilities.to_text(), now=now)
