"""Keep Today's cost the same after ten years: fold old days into a checkpoint.

A checkpoint ends on a Sunday at least two weeks back. Pages show no day behind it one by one;
where a diary file or a late note writes there, all is folded anew.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from statistics import median

from safetomove.core.diary import CheckIn, Diary
from safetomove.core.pacing import ActivityPlan, Climb, climbs_through
from safetomove.records.person_file import Checkpoint, PersonFile
from safetomove.services.holding import Held, days_kept

DAYS_LEFT_OPEN = 15  # days that are read one by one, at least: today and two weeks back
DAYS_OPEN_TOP = 28  # days behind today at which the checkpoint moves up
DAYS_BEFORE_A_PLAN = 9  # days: a plan's first dose looks back a week for a flare-up
WEEKS_SHOWN = 12

Weeks = dict[str, dict[date, float]]


def first_checkpoint(today: date) -> Checkpoint:
    """Return the checkpoint of somebody with no diary yet."""
    return Checkpoint(through=_latest_end(today))


def starts_before(file: PersonFile, day: date) -> dict[str, Climb]:
    """Return where each climb is taken up to reach `day`.

    A start that lies later was made while a clock was wrong: that climb starts at its foot.
    """
    return {plan: climb for plan, climb in file.starts.items() if climb.day < day}


def needed_after(file: PersonFile, starts: Mapping[str, Climb]) -> date:
    """Return the day after which check-ins must still be read one by one."""
    days = [file.checkpoint.through]
    for plan in file.plans:
        climb = starts.get(plan.id)
        days.append(climb.day if climb else _well_before(plan))
    return min(days)


def moved_up(held: Held, *, today: date) -> Checkpoint:
    """Return the checkpoint, moved up where the days behind it have grown too many."""
    point, end = held.file.checkpoint, _latest_end(today)
    if (today - point.through).days <= DAYS_OPEN_TOP or end <= point.through:
        return point
    starts = held.file.starts
    days = days_kept(held, after=needed_after(held.file, starts), until=end)
    climbs = _climbs(held.file.plans, starts, Diary(days), end=end)
    fresh = [one for one in days if one.day > point.through]
    return Checkpoint(
        through=end,
        climbs=climbs,
        weeks=_weeks(point.weeks, fresh, end=end),
        flares=_shown(point.flares | flare_weeks(fresh), end=end),
    )


def rebuilt(held: Held, *, today: date) -> Checkpoint:
    """Fold the whole diary anew, after a change to days behind the checkpoint."""
    end = _latest_end(today)
    days = days_kept(held, until=end)
    climbs = _climbs(held.file.plans, held.file.pins, Diary(days), end=end)
    return Checkpoint(
        through=end,
        climbs=climbs,
        weeks=_weeks({}, days, end=end),
        flares=_shown(flare_weeks(days), end=end),
    )


def weeks_of(days: Iterable[CheckIn]) -> Weeks:
    """Return, by activity and Monday, the median amount on the days that had any."""
    amounts: dict[str, dict[date, list[float]]] = {}
    for one in days:
        for activity, amount in one.done.items():
            amounts.setdefault(activity, {}).setdefault(monday(one.day), []).append(amount)
    return {
        activity: {week: median(done) for week, done in by_week.items()}
        for activity, by_week in amounts.items()
    }


def flare_weeks(days: Iterable[CheckIn]) -> frozenset[date]:
    """Return the Monday of each week that had a flare-up day."""
    return frozenset(monday(one.day) for one in days if one.flare)


def monday(day: date) -> date:
    """Return the Monday of the day's week."""
    return day - timedelta(days=day.weekday())


def _latest_end(today: date) -> date:
    """Return the last Sunday that lies far enough back."""
    return monday(today - timedelta(days=DAYS_LEFT_OPEN - 1)) - timedelta(days=1)


def _well_before(plan: ActivityPlan) -> date:
    return plan.started - timedelta(days=DAYS_BEFORE_A_PLAN)


def _climbs(
    plans: Iterable[ActivityPlan], starts: Mapping[str, Climb], diary: Diary, *, end: date
) -> dict[str, Climb]:
    """Fold each plan through `end`; one that begins or was pinned later has no climb yet."""
    begun = [
        plan
        for plan in plans
        if (starts[plan.id].day if plan.id in starts else plan.started) <= end
    ]
    return climbs_through(begun, diary, until=end, starts=starts)


def _weeks(
    before: Mapping[str, Mapping[date, float]], days: Iterable[CheckIn], *, end: date
) -> Weeks:
    weeks = {activity: dict(kept) for activity, kept in before.items()}
    for activity, found in weeks_of(days).items():
        weeks.setdefault(activity, {}).update(found)
    return {
        activity: {week: kept[week] for week in _shown(kept, end=end)}
        for activity, kept in weeks.items()
    }


def _shown(mondays: Iterable[date], *, end: date) -> frozenset[date]:
    """Leave out the weeks that no page shows any more."""
    oldest = monday(end) - timedelta(weeks=WEEKS_SHOWN)
    return frozenset(week for week in mondays if week >= oldest)
