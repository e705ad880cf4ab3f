"""What the page and the card of a test that has begun say."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from safetomove.core.experiments import Care, Result, Side, Verdict, plan_text, share_of
from safetomove.services.experiments import Shown
from safetomove.services.today import Today
from safetomove.web.patient.patterns.effect import Effect, oriented, picture, way
from safetomove.web.patient.patterns.plan_page import about
from safetomove.web.patient.patterns.sizes import size
from safetomove.web.patient.words import page

DAYS_SHOWN = 7


def trial_page(shown: Shown, today: Today) -> dict[str, Any]:
    """Fill the page of one test."""
    experiment, design = shown.experiment, shown.experiment.design
    words = page("experiments")
    over = not shown.running
    return {
        "id": experiment.id,
        "about": about(experiment.question),
        "running": shown.running,
        "ended": experiment.ended is not None,
        "begins": design.first_day if shown.today < design.first_day else None,
        "day_of": words["running"]["day"].format(day=_day(shown), days=design.days),
        "done": shown.standing.lived,
        "days": design.days,
        "next_look": shown.standing.next_look,
        "card": card(shown, today),
        "last_days": _last_days(shown),
        "result": result_shown(shown) if over else None,
        "share_link": page("together")["page"]["link_share"] if _can_share(shown) else "",
        "fingerprint": experiment.fingerprint,
        "plan_text": plan_text(design, experiment.seed) if over else "",
    }


def card(shown: Shown, today: Today) -> dict[str, Any] | None:
    """Say what today asks for; None once the test asks for nothing."""
    if not shown.running:
        return None
    words, told = page("experiments")["side"], about(shown.experiment.question)
    begins = shown.today < shown.experiment.design.first_day
    side, moves = shown.side, Care.MOVES in shown.experiment.question.cares
    flare = today.check_in is not None and today.check_in.flare is True
    return {
        "id": shown.experiment.id,
        "title": words["title"].format(name=told["title"]),
        "art": told["art"],
        "begins": words["begins"] if begins else "",
        "side": side,
        "heading": words[side.value] if side else "",
        "text": _text(side, told["deed"]),
        "waits": moves and side is Side.TRY and not today.review.cleared,
        "eased": moves and side is Side.TRY and flare,
        "asks": [_ask(shown, day, first=first) for day, first in _to_ask(shown)],
    }


def _can_share(shown: Shown) -> bool:
    return share_of(shown.experiment, shown.standing.result) is not None


def history_row(shown: Shown) -> dict[str, Any]:
    """Say in one line what became of a test."""
    words, result = page("experiments"), shown.standing.result
    verdict = Verdict.CANT_TELL if result is None else result.verdict
    return {
        "id": shown.experiment.id,
        "title": about(shown.experiment.question)["title"],
        "first_day": shown.experiment.design.first_day,
        "heading": words["result"]["heading"][verdict.value],
        "day_of": words["running"]["day"].format(
            day=_day(shown), days=shown.experiment.design.days
        ),
        "begun": shown.today >= shown.experiment.design.first_day,
    }


def result_shown(shown: Shown) -> dict[str, Any]:
    """Put a result in words, with its picture and its numbers."""
    words, result = page("experiments")["result"], shown.standing.result
    verdict = Verdict.CANT_TELL if result is None else result.verdict
    told = {
        "verdict": verdict,
        "heading": words["heading"][verdict.value],
        "next": words[_NEXT[verdict]],
        "kept": _kept(shown),
        "stopped": _stopped(shown),
    }
    if result is None:
        return told | {"text": words["cant_tell_few"], "picture": None, "numbers": []}
    return told | {
        "text": text_of(result, shown.experiment.question.lag),
        "range": _range(result),
        "picture": picture(_oriented(result)),
        "numbers": _numbers(result),
    }


_NEXT = {
    Verdict.HELPS: "next_helps",
    Verdict.NO_DIFFERENCE: "next_no",
    Verdict.WORSE: "next_worse",
    Verdict.CANT_TELL: "next_cant",
}


def _day(shown: Shown) -> int:
    design = shown.experiment.design
    until = shown.experiment.ended or shown.today
    return max(1, min((until - design.first_day).days + 1, design.days))


def _text(side: Side | None, deed: str) -> str:
    if side is None:
        return ""
    return deed if side is Side.TRY else str(page("experiments")["side"]["as_usual_text"])


def _to_ask(shown: Shown) -> list[tuple[date, bool]]:
    """List today, and yesterday where nothing is noted of it: most things are done at night."""
    days = [shown.today, shown.today - timedelta(days=1)]
    asked = [day for day in days if shown.experiment.side_on(day) is not None]
    return [(day, day == shown.today) for day in asked if day == shown.today or _blank(shown, day)]


def _blank(shown: Shown, day: date) -> bool:
    return shown.did(day) is None


def _ask(shown: Shown, day: date, *, first: bool) -> dict[str, Any]:
    words, did = page("experiments")["side"], shown.did(day)
    noted = {None: "", True: words["noted_yes"], False: words["noted_no"]}[did]
    return {
        "day": day,
        "iso": day.isoformat(),
        "key": str(uuid4()),
        "words": words["ask" if first else "ask_yesterday"],
        "noted": noted,
    }


def _last_days(shown: Shown) -> list[dict[str, Any]]:
    words, side_words = page("experiments")["running"], page("experiments")["side"]
    until = shown.experiment.ended or shown.today
    rows = []
    for back in range(DAYS_SHOWN):
        day = until - timedelta(days=back)
        side, did = shown.experiment.side_on(day), shown.did(day)
        if side is not None:
            noted = {None: words["blank"], True: side_words["noted_yes"]}
            rows.append(
                {
                    "day": day,
                    "iso": day.isoformat(),
                    "key": str(uuid4()),
                    "side": words["day_try" if side is Side.TRY else "day_usual"],
                    "noted": noted.get(did, side_words["noted_no"]),
                    "blank": did is None,
                }
            )
    return rows


def _stopped(shown: Shown) -> str:
    early = shown.standing.result is None and shown.standing.lived < shown.experiment.design.days
    if not (early and shown.experiment.ended):
        return ""
    return str(page("experiments")["result"]["stopped"]).format(day=_day(shown))


def _kept(shown: Shown) -> str:
    kept = shown.standing.kept
    if not (kept.asked or kept.usual):
        return ""
    return str(page("experiments")["result"]["kept"]).format(
        did=kept.did_when_asked, asked=kept.asked, did_usual=kept.did_as_usual, usual=kept.usual
    )


def text_of(result: Result, lag: int) -> str:
    """Say what a result came to, in one sentence."""
    words = page("experiments")["result"]
    return str(words[result.verdict.value]).format(
        when=words["when"][lag],
        easier=words["easier"][result.outcome.value],
        harder=words["harder"][result.outcome.value],
        effect=size(result.effect, page("patterns")["size"]),
    )


def _oriented(result: Result) -> Effect:
    return oriented(result.outcome, result.low, result.effect, result.high)


def _range(result: Result) -> str:
    low, _, high = _oriented(result)
    return str(page("experiments")["result"]["range"]).format(low=way(low), high=way(high))


def _numbers(result: Result) -> list[tuple[str, str]]:
    words = page("experiments")["result"]
    tried, usual = f"{result.tried_mean:.2f}", f"{result.usual_mean:.2f}"
    effect = f"{result.effect:+.2f} ({result.low:+.2f} … {result.high:+.2f})".replace("-", "−")
    return [
        (words["mean_try"], f"{tried} ({result.tried_days} {words['rated']})"),
        (words["mean_usual"], f"{usual} ({result.usual_days} {words['rated']})"),
        (words["estimate"], effect),
        (words["chance"], f"{result.chance_better:.2f}"),
        (words["asked_days"], str(result.days)),
    ]
