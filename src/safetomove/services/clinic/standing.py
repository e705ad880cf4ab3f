"""Work out where people stand on a clinic's list, and keep it with their line.

A list of thousands is shown from the lines alone: nobody's diary is opened for it. What a
person writes marks their line as old (`audit.note` does that), and so does a new day; old
lines are worked out again a handful at a time when the list is looked at, and all of them by
the `standings` command, meant for the small hours.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import F, Q, QuerySet

from safetomove.core import safety
from safetomove.core.caseload import Facts, Place, Reason, Why, place
from safetomove.core.course.register import Attendance
from safetomove.core.diary import Diary
from safetomove.core.flare import last_spell
from safetomove.core.measures import Meaning, change
from safetomove.core.progress.held import goals_held
from safetomove.core.safety import Disposition, NoteCard
from safetomove.records.mappers import open_json, seal_json
from safetomove.records.models import AttendanceRow, Clinic, MemberRow
from safetomove.records.person_file import Json
from safetomove.services import holding
from safetomove.services.clinic import inbox, paper_measures, room_safety
from safetomove.services.clinic.holding import HeldClinic, look
from safetomove.services.clinic.members import Member, opened
from safetomove.services.clinic.sharing import Item
from safetomove.services.holding import Held
from safetomove.services.measures import Taken, before_and_after, by_instrument, read_measures

DAYS_READ = timedelta(days=120)  # a flare-up and the six weeks of a goal lie well within
AT_A_TIME = 25  # old lines worked out again when the list is looked at


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where one person stood when it was last worked out."""

    place: Place
    at: datetime


def refresh(held: HeldClinic, *, now: datetime, most: int = AT_A_TIME) -> int:
    """Work out the oldest lines again; return how many are still old."""
    count = (old := _old(held, now)).count()
    rows = old.order_by(F("standing_at").asc(nulls_first=True), "pk") if count else old.none()
    for row in rows[:most]:
        _work_out(held, row, now)
    return max(count - most, 0)


def refresh_all(*, now: datetime) -> int:
    """Work out every old line of every clinic again; return how many that were.

    Each line is written by itself: whoever looks meanwhile waits for no more than one.
    """
    done = 0
    for clinic in Clinic.objects.order_by("created_at").values_list("pk", flat=True):
        held = look(clinic)
        for row in _old(held, now).order_by("pk").iterator(chunk_size=AT_A_TIME):
            _work_out(held, row, now)
            done += 1
    return done


def of_member(held: HeldClinic, member: UUID, *, now: datetime) -> Standing | None:
    """Return where one person stands, worked out afresh where that is old: two queries or so."""
    if (old := _old(held, now).filter(pk=member).first()) is not None:
        _work_out(held, old, now)
    row = MemberRow.objects.filter(pk=member, clinic_id=held.clinic).first()
    return None if row is None else standing_of(held, row)


def standing_of(held: HeldClinic, row: MemberRow) -> Standing | None:
    """Open what a line says, or None where it was never worked out."""
    if row.standing is None or row.standing_at is None:
        return None
    data = open_json(row.standing, seal=held.seal, what=_bound(row.pk))
    return Standing(place=_from_json(data), at=row.standing_at)


def _old(held: HeldClinic, now: datetime) -> QuerySet[MemberRow]:
    zone = ZoneInfo(held.zone)
    midnight = datetime.combine(now.astimezone(zone).date(), time.min, zone)
    rows = MemberRow.objects.filter(clinic_id=held.clinic, discharged_at=None)
    return rows.filter(Q(standing_at=None) | Q(standing_at__lt=midnight))


def _work_out(held: HeldClinic, row: MemberRow, now: datetime) -> None:
    member = opened(held, row)
    today = now.astimezone(ZoneInfo(held.zone)).date()
    found = place(_facts(held, member, today), today=today)
    sealed = seal_json(_to_json(found), seal=held.seal, what=_bound(row.pk))
    MemberRow.objects.filter(pk=row.pk).update(
        urgency=found.urgency, standing=sealed, standing_at=now
    )


def _facts(clinic: HeldClinic, member: Member, today: date) -> Facts:
    """Gather what is known: some is the clinic's own, the rest is what is shared."""
    stops = room_safety.of_member(clinic, member.id).stops
    paper = paper_measures.of_member(clinic, member.id)
    facts = Facts(
        missed_in_a_row=_missed_in_a_row(member.id),
        room_stop=_day(clinic, stops[0].at) if stops else None,
        ask_again=_day(clinic, inbox.worrying_since(member.id)),
        self_harm=_self_harm(paper),
    )
    if member.person is None or not {Item.PLAN, Item.MEASURES} & member.shares:
        return facts
    held = holding.look(member.person)
    if Item.MEASURES in member.shares:
        taken = (*read_measures(held), *paper)
        facts = replace(facts, worse=_worse(taken), self_harm=_self_harm(taken))
    return _with_plan(facts, held, today) if Item.PLAN in member.shares else facts


def _day(clinic: HeldClinic, at: datetime | None) -> date | None:
    return None if at is None else at.astimezone(ZoneInfo(clinic.zone)).date()


def _earlier(one: date | None, other: date | None) -> date | None:
    return min((each for each in (one, other) if each is not None), default=None)


def _with_plan(facts: Facts, held: Held, today: date) -> Facts:
    file = held.file
    diary = Diary(holding.days_kept(held, after=today - DAYS_READ, until=today))
    triage = safety.triage(file.safety, rules=safety.rules_in_force(today), today=today)
    signs = [each.disposition for each in triage.fired]
    goals = {plan.id: plan.goal for plan in file.plans}
    lowered = {plan.id: plan.goal_lowered for plan in file.plans}
    return replace(
        facts,
        disposition=max(signs, key=lambda sign: sign.urgency, default=Disposition.PROCEED),
        questions_due=triage.answers_stale,
        asked_on=file.safety.given_on if file.safety else None,
        ask_again=_earlier(facts.ask_again, file.recheck.since if file.recheck else None),
        flare=last_spell(diary, today=today),
        last_entry=diary.check_ins[-1].day if diary.check_ins else None,
        goals_held=goals_held(diary, goals, today=today, lowered=lowered),
    )


def _self_harm(taken: Iterable[Taken]) -> date | None:
    """Return the day of a form that tells of self-harm, unless the same was clear later."""
    newest = (max(each, key=_when) for each in by_instrument(taken).values())
    return max((one.day for one in newest if NoteCard.SUICIDALITY in one.cards), default=None)


def _when(one: Taken) -> tuple[date, datetime]:
    return one.day, one.written_at


def _worse(taken: Iterable[Taken]) -> bool:
    """Say whether any measure got worse, from first to last, by what people notice."""
    pairs = map(before_and_after, by_instrument(taken).values())
    return any(
        change(pair[0].result, pair[1].result).meaningful is Meaning.WORSE
        for pair in pairs
        if pair is not None
    )


def _missed_in_a_row(member: UUID) -> int:
    """Count the sessions missed since the last one that the person came to."""
    states = AttendanceRow.objects.filter(member_id=member, session__cancelled=False)
    count = 0
    for state in states.order_by("-session__starts_at").values_list("state", flat=True)[:12]:
        if state != Attendance.ABSENT:
            break
        count += 1
    return count


def _to_json(found: Place) -> Json:
    return {
        "reasons": [
            [why.reason.value, why.since.isoformat() if why.since else None]
            for why in found.reasons
        ]
    }


def _from_json(data: Json) -> Place:
    return Place(
        reasons=tuple(
            Why(reason=Reason(name), since=date.fromisoformat(since) if since else None)
            for name, since in data["reasons"]
        )
    )


def _bound(member: UUID) -> str:
    return f"standing {member}"
