"""Change the plan of one person, for a time, with a reason that they read at once.

A physiotherapist may hold, lower, slow down or pause freely. What asks for more than the
rule does today needs the safety questions answered, and stays within the person's own goal;
the limit on a day's rise holds whatever is asked. The person may say no.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final
from uuid import uuid4

from django.db import transaction

from safetomove.core.errors import BadInput
from safetomove.core.pacing import (
    CLIMB_PER_FLARE_FREE_DAY,
    ActivityPlan,
    Alters,
    Climb,
    Override,
    climbs_through,
)
from safetomove.core.pacing.climb import finding_baseline
from safetomove.core.pacing.override import ended, in_force
from safetomove.core.pacing.plan import check_dose
from safetomove.core.pacing.rule import LOWEST_SHARE_OF_BASELINE
from safetomove.records.person_file import Json
from safetomove.services import audit, holding
from safetomove.services.audit import Verb
from safetomove.services.clinic import documents, plan_change, seeing
from safetomove.services.clinic.documents import Kind
from safetomove.services.clinic.holding import hold as hold_clinic
from safetomove.services.clinic.members import Member
from safetomove.services.clinic.once import once
from safetomove.services.clinic.plan_change import PlanChange, State, over, with_plan
from safetomove.services.clinic.refusals import NoSuchMember
from safetomove.services.clinic.sharing import Item
from safetomove.services.clinic.staff import Desk
from safetomove.services.holding import Held, keep, put_by
from safetomove.services.people import local_day
from safetomove.services.today import Today, review_today

REASON_TOP: Final = 500  # letters


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a clinic asks for, as a form brings it."""

    activity: str
    alters: Alters
    value: float | None
    until: date
    reason: str

    def __post_init__(self) -> None:
        if not self.reason.strip() or len(self.reason) > REASON_TOP:
            raise BadInput(f"say why, in 1 to {REASON_TOP} letters: the person reads it")


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One person's plan as the clinic sees it: today's, and every change ever made.

    `levels` and `baselines` are by activity; one whose start is being found has none.
    """

    today: Today
    levels: Mapping[str, float]
    baselines: Mapping[str, float]
    changes: tuple[tuple[PlanChange, State], ...]


def plan_of(at: Desk, member: Member, *, now: datetime) -> Plan:
    """Open somebody's plan; that it was seen is noted."""
    held = seeing.see(at, member, Item.PLAN, now=now)
    today = review_today(person=held.person, now=now)
    plans, day = held.file.plans, today.local_day
    changes = tuple((each, each.state(plans, today=day)) for each in plan_change.kept(held))
    stand = _stood(today)
    return Plan(
        today=today,
        levels={id: climb.level for id, climb in stand.items()},
        baselines={id: climb.footing.baseline for id, climb in stand.items()},
        changes=changes,
    )


def change_plan(at: Desk, member: Member, asked: Asked, *, client_key: str, now: datetime) -> str:
    """Make one change from today on, in place of any in force; return its id.

    Refuses with NotShared where the plan is not shared, and with BadInput where the change
    can't be followed, or asks for more than it may.
    """

    def write() -> Json:
        return {"id": _write(at, member, asked, now)}

    body = {
        "member": str(member.id),
        "activity": asked.activity,
        "alters": asked.alters,
        "value": asked.value,
        "until": asked.until.isoformat(),
        "reason": asked.reason,
    }
    return str(once(at, client_key, body, write, now=now)["id"])


def take_back(at: Desk, member: Member, change: str, *, now: datetime) -> None:
    """End a change of this clinic's from today on; again is harmless."""
    with transaction.atomic():
        hold_clinic(at.held.clinic)
        held = holding.hold(seeing.see(at, member, Item.PLAN, now=now).person)
        one = _own(at, held, change)
        if one.ended is None:
            plan_change.end(held, one, now=now)
            _say(at, member, held, over(one, State.TAKEN_BACK, now=now), now=now)


def _write(at: Desk, member: Member, asked: Asked, now: datetime) -> str:
    held = holding.hold(seeing.see(at, member, Item.PLAN, now=now).person)
    today = local_day(now=now, zone=held.file.zone)
    old = _activity(held, asked.activity)
    _check(asked, old, review_today(person=held.person, now=now))
    made = Override(
        id=uuid4().hex, alters=asked.alters, since=today, until=asked.until, value=asked.value
    )
    before = in_force(old.overrides, today)
    rest = old.overrides if before is None else ended(old.overrides, before.id, today=today)
    put_by(held, "plan_changed", old.to_json(), now=now)
    held = keep(held, plans=with_plan(held, replace(old, overrides=(*rest, made))))
    for each in plan_change.kept(held):
        if before is not None and each.id == before.id:
            plan_change.put(held, over(each, State.REPLACED, now=now), now=now)
    change = PlanChange(
        activity=old.id,
        name=old.name,
        unit=old.unit.value,
        override=made,
        reason=asked.reason.strip(),
        by=at.staff.name,
        clinic=at.held.clinic,
        clinic_name=at.held.name,
        at=now,
    )
    _say(at, member, held, change, now=now)
    return made.id


def _check(asked: Asked, plan: ActivityPlan, today: Today) -> None:
    """Refuse what can't be followed, and more than may be asked."""
    if asked.alters is Alters.PAUSE:
        return
    climb = _stood(today).get(plan.id)
    cleared, value = today.review.cleared, asked.value
    if climb is None:
        raise BadInput("their starting point is still being found; only a pause can be set")
    if value is None:
        raise BadInput("say how much")
    if asked.alters is Alters.STEP:
        _hold_back(more=value > CLIMB_PER_FLARE_FREE_DAY, cleared=cleared)
        return
    check_dose(value, name="amount")
    if asked.alters is Alters.FLOOR and value >= climb.footing.baseline * LOWEST_SHARE_OF_BASELINE:
        raise BadInput("the lowest amount is half of where they began; a change goes below that")
    if asked.alters is Alters.AMOUNT:
        if value > max(plan.goal, climb.level):
            raise BadInput("this is above the person's own goal; the goal is theirs to change")
        _hold_back(more=value > climb.level, cleared=cleared)


def _hold_back(*, more: bool, cleared: bool) -> None:
    if more and not cleared:
        raise BadInput("ask for more only once the safety questions are answered and clear")


def _stood(today: Today) -> dict[str, Climb]:
    """Return where each climb stands; one whose start is still being found is left out."""
    record, eve = today.record, today.local_day - timedelta(days=1)
    climbs = climbs_through(record.plans, record.diary, until=eve, starts=record.climbs)
    found = ((plan, climbs.get(plan.id)) for plan in record.plans)
    return {
        plan.id: climb
        for plan, climb in found
        if climb is not None and climb.baseline and not finding_baseline(plan, climb.tries)
    }


def _own(at: Desk, held: Held, change: str) -> PlanChange:
    for each in plan_change.kept(held):
        if each.id == change and each.clinic == at.held.clinic:
            return each
    raise NoSuchMember("this clinic made no such change")


def _activity(held: Held, activity: str) -> ActivityPlan:
    for plan in held.file.plans:
        if plan.id == activity:
            return plan
    raise BadInput("the person has not chosen this activity, or no longer")


def _say(at: Desk, member: Member, held: Held, change: PlanChange, *, now: datetime) -> None:
    """Keep what is said of a change with the person and with the clinic, and note who did it."""
    plan_change.put(held, change, now=now)
    data = plan_change.change_to_json(change)
    documents.put(at.held, Kind.PLAN_CHANGE, data, now=now, name=change.id, member=member.id)
    audit.note(held.person, Verb.CHANGED_BY_CLINIC, now=now, actor=at.staff.actor)
