"""Who is looking at Move: their day if it can be had, and what fits them."""

from dataclasses import dataclass

from django.http import HttpRequest

from safetomove.content import movements
from safetomove.core.doing import AboutPerson
from safetomove.services import move_fit
from safetomove.services.today import Today, review_today
from safetomove.web.patient.safety_keeping import Keeping, try_to_keep


@dataclass(frozen=True, slots=True, kw_only=True)
class Looking:
    """The person behind a page of Move; without records the pages still open."""

    keeping: Keeping
    today: Today | None
    about: AboutPerson


def looking(request: HttpRequest) -> Looking:
    """Find out who is looking; nothing is created."""
    keeping, today = try_to_keep(request, lambda person, now: review_today(person=person, now=now))
    return Looking(keeping=keeping, today=today, about=move_fit.about(today))


def about_whoever_looks(request: HttpRequest) -> AboutPerson | None:
    """Return what decides which movements fit, and no more; None of somebody unknown."""
    _, about = try_to_keep(request, lambda person, now: move_fit.about_of(person=person, now=now))
    return about


def listed_ids(request: HttpRequest) -> frozenset[str]:
    """Return the movements that a list on any page may hold for whoever is looking."""
    return frozenset(each.movement.id for each in movements.listed(looking(request).about))
