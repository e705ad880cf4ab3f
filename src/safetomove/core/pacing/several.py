"""Several climbs, folded day by day together: they take turns, so that the sum stays small.

At most two activities break new ground in one week. Three or more take turns by the week,
in the order in which they were chosen. With one or two nothing is ever held back.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from types import MappingProxyType

from safetomove.core.diary import CheckIn, Diary
from safetomove.core.pacing import rule
from safetomove.core.pacing.climb import Climb, Walk, climb_through, lived_day, stand
from safetomove.core.pacing.footing import UNSEEN
from safetomove.core.pacing.plan import ActivityPlan
from safetomove.core.pacing.staircase import doing_unheard

NO_STARTS: Mapping[str, Climb] = MappingProxyType({})


def climbs_through(
    plans: Sequence[ActivityPlan],
    diary: Diary,
    *,
    until: date,
    starts: Mapping[str, Climb] = NO_STARTS,
) -> dict[str, Climb]:
    """Fold the days up to and including `until` into the climb of each plan, by its id.

    Each is the climb of `climb_through`, but for the days on which it waited for its turn. A
    plan that begins after the day that follows `until` has no climb yet and is left out.
    """
    begun = [plan for plan in plans if plan.started <= until + timedelta(days=1)]
    if len(begun) <= rule.MOST_CLIMBING:
        return {
            plan.id: climb_through(plan, diary, until=until, start=starts.get(plan.id))
            for plan in begun
        }
    feet = {plan.id: stand(plan, diary, until=until, start=starts.get(plan.id)) for plan in begun}
    walks = [(feet[plan.id].day, Walk(plan, feet[plan.id])) for plan in begun]
    _live_all(walks, diary, until=until)
    return {walk.plan.id: walk.stop(until) for _, walk in walks}


def live_day(walks: Sequence[Walk], check_in: CheckIn | None) -> None:
    """Live one day with every climb, each in its turn; None is a day that wasn't noted."""
    for walk in walks:
        walk.dawn()
    wait = frozenset() if check_in is None else waiting(walks, check_in)
    for walk in walks:
        lived = UNSEEN if check_in is None else lived_day(check_in, walk.plan.id)
        walk.live(lived._replace(turn=False) if walk.plan.id in wait else lived)


def waiting(walks: Sequence[Walk], check_in: CheckIn) -> frozenset[str]:
    """Name the activities whose turn to climb it isn't in the week of this day.

    An activity whose start is being found takes one of the places. One at its goal, on its
    way back after a flare-up, or not heard of lately, needs none.
    """
    heard = [walk for walk in walks if _is_heard_of(walk, check_in)]
    finding = sum(walk.finding for walk in heard)
    places = max(rule.LEAST_CLIMBING, rule.MOST_CLIMBING - finding)
    climbing = [walk.plan.id for walk in heard if _breaks_new_ground(walk)]
    if len(climbing) <= places:
        return frozenset()
    first = _weeks_since_the_first(check_in.day) * places
    turn = {climbing[(first + n) % len(climbing)] for n in range(places)}
    return frozenset(climbing) - turn


def _live_all(walks: Sequence[tuple[date, Walk]], diary: Diary, *, until: date) -> None:
    """Live each day with every walk that has begun by then."""
    day = min(since for since, _ in walks)
    while day < until:
        day += timedelta(days=1)
        live_day([walk for since, walk in walks if since < day], diary.on(day))


def _is_heard_of(walk: Walk, check_in: CheckIn) -> bool:
    """Say whether it has begun, and was told as done lately or on this very day."""
    told = bool(check_in.done.get(walk.plan.id)) or not doing_unheard(walk.foot)
    return bool(walk.foot.baseline) and told


def _breaks_new_ground(walk: Walk) -> bool:
    foot = walk.foot
    free = not (walk.finding or walk.terms.paused)
    return free and foot.before_flare <= foot.level < min(foot.goal, walk.terms.top)


def _weeks_since_the_first(day: date) -> int:
    """Count Mondays, so that a turn lasts from Monday to Sunday."""
    return (day.toordinal() - 1) // 7
