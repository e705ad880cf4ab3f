"""Open a person's own entries for staff: only what is shared, and never without a trace."""

from collections.abc import Iterable
from datetime import datetime

from safetomove.records.models import AuditRow
from safetomove.services import audit, holding
from safetomove.services.audit import Verb
from safetomove.services.clinic.members import Member
from safetomove.services.clinic.refusals import NotShared
from safetomove.services.clinic.sharing import Item
from safetomove.services.clinic.staff import Desk
from safetomove.services.holding import Held


def see(at: Desk, member: Member, item: Item, *, now: datetime) -> Held:
    """Open one person's record for one shared item, and note who saw it.

    Whoever calls this reads that item only. Refuses with NotShared where the person does
    not share it, has left, was discharged, or has no record here.
    """
    if member.person is None or item not in member.shares or member.clinic != at.held.clinic:
        raise NotShared("this is not shared with the clinic")
    audit.note(member.person, _VERBS[item], now=now, actor=at.staff.actor)
    return holding.look(member.person)


def note_listed(at: Desk, members: Iterable[Member], *, now: datetime) -> None:
    """Note that these people stood in a list that shows something they share: one query."""
    AuditRow.objects.bulk_create(
        AuditRow(person=each.person, actor=at.staff.actor, verb=Verb.SEEN_IN_LIST, at=now)
        for each in members
        if each.person is not None and each.shares
    )


_VERBS = {
    Item.PLAN: Verb.SEEN_PLAN,
    Item.MEASURES: Verb.SEEN_MEASURES,
    Item.CHECK_INS: Verb.SEEN_CHECK_INS,
    Item.MAP: Verb.SEEN_MAP,
    Item.NOTES: Verb.SEEN_NOTES,
}
