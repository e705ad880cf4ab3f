"""Fill the pages of a session: choosing, the player, and its end."""

from typing import Any
from uuid import uuid4

from django.http import HttpRequest
from django.urls import reverse

from safetomove.content import movements
from safetomove.content.movements import Movement
from safetomove.core.doing import SHAPES, Felt, Item, MoveSession, Outcome
from safetomove.core.pacing import Unit
from safetomove.services import move_sessions
from safetomove.services.move_sessions import Open
from safetomove.services.today import Today
from safetomove.web.patient.move.library_page import checks_of, notice_of, picture, safe_first
from safetomove.web.patient.move.reaching import Looking
from safetomove.web.patient.safety_keeping import try_to_keep
from safetomove.web.patient.words import amount_of
from safetomove.web.words import page

APART = "apart"  # the answer that keeps a session's minutes to itself
RESUME_DAYS = 1  # days: a session may go on past midnight; an older one is left as it is


def resume(request: HttpRequest, who: Looking) -> dict[str, Any] | None:
    """Say where an open session of today stands, or of an earlier day."""
    if who.today is None:
        return None
    _, kept = try_to_keep(request, lambda person, now: move_sessions.latest(person=person))
    if kept is None or kept.session.over:
        return None
    session, said = kept.session, page("move")
    if (who.today.local_day - session.day).days > RESUME_DAYS:
        return None
    counts = {"done": session.count_done, "all": len(session.items)}
    earlier = session.day != who.today.local_day
    return {
        "text": said["hub"]["resume"].format(**counts),
        "earlier": said["session"]["yesterday"] if earlier else "",
        "day": session.day,
        "href": reverse("session_now"),
    }


def choose(
    who: Looking, *, wrong: str = "", chosen: str = "", first: Movement | None = None
) -> dict[str, Any]:
    """Fill the page that asks how long there is; without clearance it leads to the questions."""
    safe = safe_first(who)
    if safe is not None or who.today is None:
        return {"safe": safe, "wrong": ""}
    said = page("move")["session"]
    offered = move_sessions.offered(who.today)
    check_in = who.today.check_in
    return {
        "safe": None,
        "key": str(uuid4()),
        "options": [_option(minutes, offered=minutes == offered) for minutes in SHAPES],
        "chosen": chosen or (str(min(SHAPES)) if first else ""),
        "first": first.id if first else "",
        "first_says": said["first"].format(title=first.title) if first else "",
        "wrong": wrong,
        "flare": said["flare"] if check_in is not None and check_in.flare else "",
        "unsure": len(movements.candidates(who.about)) < len(movements.listed(who.about)),
    }


def player(kept: Open, who: Looking, *, moving: bool, said: str) -> dict[str, Any]:
    """Fill the page of the movement that is next; one that no longer fits is only named."""
    session = kept.session
    at = session.at or 0
    item = session.items[at]
    what = movements.load()[item.movement]
    met = movements.meet(item.movement, who.about)
    words = page("move")["player"]
    level = min(item.level, len(what.levels))
    return {
        "id": session.id,
        "seen": kept.seen,
        "at": at + 1,
        "all": len(session.items),
        "of": words["of"].format(number=at + 1, all=len(session.items)),
        "part": words[item.part],
        "m": what,
        "item": item,
        "level_says": words["level"].format(number=level, name=what.levels[level - 1].name),
        "level": what.levels[level - 1],
        "picture": picture(what, level, moving=moving),
        "next_pictures": _next_pictures(session, at, who),
        "about": words["about"].format(seconds=item.work_s),
        "rest_s": _rest_before(session, at),
        "rest_says": words["rest"].format(title=what.title),
        "now_says": words["now"].format(title=what.title),
        "rest_first": words["rest_first"].format(seconds=_rest_before(session, at)),
        "no_swap": words["no_swap"] if said == "no_swap" else "",
        "unfit": None if met is None else notice_of(met),
        "checks": [] if met is None else checks_of(met),
    }


def end(kept: Open, today: Today, *, errors: list[tuple[str, str]]) -> dict[str, Any]:
    """Fill the last page: what was done, how it felt, and what it counts towards."""
    session, said = kept.session, page("move")["end"]
    return {
        "id": session.id,
        "did": _did(session),
        "sore": session.count_done > 0,
        "felt": session.felt,
        "felt_options": [(each.value, said[f"felt_{each}"]) for each in Felt],
        "felt_kept": _felt_kept(session),
        "count_options": _count_options(session, today),
        "counted": _counted(session, today),
        "errors": errors,
        "wrong": dict(errors),
    }


def _option(minutes: int, *, offered: bool) -> tuple[int, str, str]:
    said = page("move")["session"]
    hint = said[f"about_{minutes}"]
    label = said["minutes"].format(minutes=minutes)
    return minutes, label, f"{said['offered']}. {hint}" if offered else hint


def _rest_before(session: MoveSession, at: int) -> int:
    """Return the rest after the movement before, if that one was done."""
    before: Item | None = session.items[at - 1] if at else None
    return before.rest_s if before is not None and before.outcome is Outcome.DONE else 0


def _next_pictures(session: MoveSession, at: int, who: Looking) -> list[str]:
    """Return where the next movement's pictures are, to be fetched in good time, if it fits."""
    if at + 1 >= len(session.items):
        return []
    item = session.items[at + 1]
    met = movements.meet(item.movement, who.about)
    shown = picture(met.movement, item.level) if met and notice_of(met) is None else None
    return [] if shown is None else [shown["still"], shown["moving"]]


def _did(session: MoveSession) -> str:
    said = page("move")["end"]
    if not session.count_done:
        return str(said["did_none"])
    counts = {"done": session.count_done, "all": len(session.items)}
    return str(said["did"].format(**counts, amount=_minutes(session)))


def _minutes(session: MoveSession) -> str:
    return amount_of(session.minutes_done, Unit.MINUTES)


def _felt_kept(session: MoveSession) -> str:
    said = page("move")["end"]
    if session.felt is None:
        return ""
    return str(said["felt_too_much_kept" if session.felt is Felt.TOO_MUCH else "felt_kept"])


def _count_options(session: MoveSession, today: Today) -> list[tuple[str, str, str]]:
    """Offer the activities that are counted in minutes; nothing done is nothing to count."""
    plans = move_sessions.in_minutes(today)
    if session.counted is not None or session.minutes_done < 1 or not plans:
        return []
    said = page("move")["end"]
    day = today.record.diary.on(session.day)
    rows = []
    for plan in plans:
        text = said["count_yes"].format(amount=_minutes(session), name=plan.name)
        so_far = day.done.get(plan.id) if day else None
        hint = "" if so_far is None else amount_of(so_far, plan.unit)
        rows.append((plan.id, text, said["count_so_far"].format(amount=hint) if hint else ""))
    return [*rows, (APART, said["count_no"], "")]


def _counted(session: MoveSession, today: Today) -> str:
    said = page("move")["end"]
    if session.counted is None:
        return ""
    if not session.counted:
        return str(said["counted_apart"])
    names = {plan.id: plan.name for plan in today.record.plans}
    name = names.get(session.counted, session.counted)
    return str(said["counted"].format(amount=_minutes(session), name=name))
