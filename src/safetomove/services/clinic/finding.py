"""Find somebody on a clinic's list, page by page.

Names lie sealed, so the database can't look for one: a search opens the whole list, and
the list itself is shown newest first, which opens one page of it and no more.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from safetomove.records.models import MemberRow
from safetomove.services.clinic.holding import HeldClinic
from safetomove.services.clinic.known import Known, is_number
from safetomove.services.clinic.members import Member, opened

PAGE: Final = 25
WORDS_TOP: Final = 80  # characters of a search that are looked for


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One page of people; `page` counts from 1."""

    members: tuple[Member, ...]
    count: int
    page: int

    @property
    def pages(self) -> int:
        """Return how many pages there are: one at least."""
        return max(1, -(-self.count // PAGE))


def listed(held: HeldClinic, *, page: int = 1, discharged: bool = False) -> Listing:
    """Return one page of the list, newest first: two queries, whatever its length."""
    rows = MemberRow.objects.filter(clinic_id=held.clinic, discharged_at__isnull=not discharged)
    count = rows.count()
    at = _within(page, count)
    shown = rows.order_by("-added_at", "pk")[(at - 1) * PAGE : at * PAGE]
    return Listing(members=tuple(opened(held, row) for row in shown), count=count, page=at)


def found(held: HeldClinic, words: str, *, page: int = 1) -> Listing:
    """Return one page of those whom the words name, discharged or not, by name: one query."""
    sought = words[:WORDS_TOP].casefold().split()
    hits = [each for each in _everybody(held) if _fits(each, sought)]
    hits.sort(key=lambda each: (each.name.casefold(), each.known.born or date.max, each.id))
    at = _within(page, len(hits))
    return Listing(members=tuple(hits[(at - 1) * PAGE : at * PAGE]), count=len(hits), page=at)


def alike(held: HeldClinic, known: Known) -> tuple[Member, ...]:
    """Return who may be the same human: the same number, or the same name and date of birth."""
    return tuple(each for each in _everybody(held) if _same(each.known, known))


def known_already(held: HeldClinic, people: tuple[Known, ...]) -> tuple[bool, ...]:
    """Say of each whether somebody alike is on the list: one query."""
    here = {key for each in _everybody(held) for key in _marks(each.known)}
    return tuple(not here.isdisjoint(_marks(each)) for each in people)


def _everybody(held: HeldClinic) -> list[Member]:
    return [opened(held, row) for row in MemberRow.objects.filter(clinic_id=held.clinic)]


def _fits(member: Member, sought: list[str]) -> bool:
    digits = "".join(sought).replace("-", "")
    if is_number(digits):
        return member.known.number == digits
    born = member.known.born
    parts = [*member.name.casefold().split(), *([born.isoformat()] if born else [])]
    return all(any(part.startswith(word) for part in parts) for word in sought)


def _same(one: Known, other: Known) -> bool:
    if one.number and other.number:
        return one.number == other.number
    return not _marks(one).isdisjoint(_marks(other))


def _marks(known: Known) -> set[object]:
    """Return what tells somebody apart: the number, and the name with the date of birth."""
    named = (known.name.casefold(), known.born)
    return {named, known.number} if known.number else {named}


def _within(page: int, count: int) -> int:
    return min(max(1, page), max(1, -(-count // PAGE)))
