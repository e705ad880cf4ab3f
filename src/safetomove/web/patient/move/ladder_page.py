"""Fill the ladder's pages: the rungs, one rung, a try, and what was found out."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from safetomove.content import movements
from safetomove.content.movements import Shown
from safetomove.core.doing import AboutPerson, Verdict
from safetomove.core.ladder import (
    HIGH_WORRY,
    NOTABLE,
    Company,
    Happened,
    Rung,
    Try,
    company,
    compared,
    places,
)
from safetomove.core.safety import NoteCard, scan_note
from safetomove.services.ladder import Kept
from safetomove.web.patient.move.ladder_picture import marks
from safetomove.web.patient.move.library_page import safe_first
from safetomove.web.patient.move.reaching import Looking
from safetomove.web.words import card, page, spoken

NEWS = ("up", "worry", "gone", "dropped")


def ladder(who: Looking, kept: Kept, *, saved: str) -> dict[str, Any]:
    """Fill the ladder: what stands, what to try first, and what the tries came to."""
    standing = kept.ladder.up
    rows = [_row(one, kept, who.about) for one in standing]
    easiest = next((row for row in rows if row["company"] is not Company.NOT_THIS), None)
    return {
        "rows": rows,
        "first": easiest["id"] if easiest else "",
        "gone": [{"id": one.id, "title": title_of(one)} for one in kept.ladder.let_go],
        "gap": gap(kept.tries, kept),
        "cards": cards(_words(kept)),
        "saved": page("ladder")["page"][f"saved_{saved}"] if saved in NEWS else "",
        "safe": safe_first(who) if rows else None,
        "in_flare": who.today is not None and _in_flare(who),
    }


def add(who: Looking, kept: Kept, avoided: Iterable[str]) -> dict[str, Any]:
    """Fill the form for a new rung, with the map's avoided things ready to tap."""
    shown = [
        one
        for one in movements.listed(who.about)
        if not kept.ladder.holds(movement=one.movement.id)
    ]
    mapped = [words for words in avoided if not kept.ladder.holds(words=words)]
    none = page("ladder")["add"]["movement_none"]
    return {
        "movements": [("", none), *((one.movement.id, one.movement.title) for one in shown)],
        "avoided": [("", none), *((each, each) for each in mapped)] if mapped else [],
    }


def rung(who: Looking, kept: Kept, one: Rung) -> dict[str, Any]:
    """Fill one rung's page."""
    said, tries = page("ladder")["rung"], kept.of(one.id)
    row, been = _row(one, kept, who.about), places(tries)
    again = (
        said["try_again_text"].format(places=", ".join(been)) if been else said["try_again_bare"]
    )
    return {
        **row,
        "again": again if any(each.outcome for each in tries) else "",
        "worry_value": f"{one.worry:g}",
        "movement": reverse("movement", args=[one.movement]) if one.movement else "",
        "session": _session(one, who.about),
        "clinician": said["clinician_tag"] if _tagged(one, who.about) else said["clinician_worry"],
        "can_shrink": not _tagged(one, who.about),
        "high": one.worry >= HIGH_WORRY,
        "gap": gap(tries, kept),
        "safe": safe_first(who),
        "cards": cards([one.words, *_words_of(kept.open_try(one.id))]),
    }


def cards_of(one: Try, standing: Rung) -> list[dict[str, Any]]:
    """Return the cards that the words of one try raise."""
    return cards([standing.words, *_words_of(one)])


def guess(one: Try) -> str:
    """Say again what was expected."""
    said = one.expected
    words = page("ladder")["do"]["guess"]
    return str(words.format(what=said.what, likely=f"{said.likely:g}", bad=f"{said.bad:g}"))


def found_out(one: Try) -> list[str]:
    """Say what a try came to, in three sentences at most; worse is said as plainly as better."""
    came, said = one.outcome, page("ladder")["did"]
    if came is None:
        return []
    gap = one.expected.bad - came.bad
    kind = "less" if gap >= NOTABLE else "more" if gap <= -NOTABLE else "same"
    numbers = {"expected": f"{one.expected.bad:g}", "happened": f"{came.bad:g}"}
    worry = "down" if came.worry < one.worry else "up" if came.worry > one.worry else "same"
    lines = [
        said[f"true_{came.happened}"],
        said[f"gap_{kind}"].format(**numbers),
        said["more_next"] if kind == "more" else "",
        said[f"worry_{worry}"].format(before=f"{one.worry:g}", after=f"{came.worry:g}"),
    ]
    return [line for line in lines if line]


def gap(tries: Iterable[Try], kept: Kept) -> dict[str, Any] | None:
    """Fill the picture of expected against happened, its sentences and its table."""
    done = [one for one in tries if one.outcome is not None]
    sums = compared(done)
    if sums is None:
        return None
    said = page("ladder")["gap"]
    facts = {"tries": sums.tries, "came_true": sums.came_true, "partly": sums.partly}
    means = {"expected": f"{round(sums.expected, 1):g}", "happened": f"{round(sums.happened, 1):g}"}
    lines = [said["one" if sums.tries == 1 else "many"].format(**facts, **means)]
    if sums.came_true or sums.partly:
        lines.append(said["true_some"].format(**facts))
    else:
        lines.append(said["true_one_none" if sums.tries == 1 else "true_none"])
    if sums.worse:
        lines.append(said["worse"].format(worse=sums.worse))
    drawn = marks(done)
    return {
        "lines": lines,
        "marks": drawn,
        "says": said["says"].format(shown=len(drawn)),
        "rows": [_told(one, kept) for one in reversed(done)],
    }


def cards(texts: Iterable[str]) -> list[dict[str, Any]]:
    """Return the safety cards that the person's own words raise: they come before all else."""
    raised: dict[NoteCard, None] = {}
    for text in texts:
        raised |= dict.fromkeys(scan_note(text)) if text else {}
    return [card(spoken().note_card(one)) for one in raised]


def title_of(one: Rung) -> str:
    """Name a rung: the movement's title, or the person's words."""
    known = movements.load().get(one.movement)
    return known.title if known is not None else one.words or one.movement


def company_of(one: Rung, about: AboutPerson) -> Company:
    """Say how this person best tries this rung; the one rule of what fits is asked each time."""
    met = _met(one, about)
    fits = not one.movement or (met is not None and met.suits.listed)
    return company(one.worry, fits=fits, tagged=_tagged(one, about))


def _session(one: Rung, about: AboutPerson) -> str:
    """Return where a session that begins with this rung is chosen, if one may hold it."""
    fitting = {each.id for each in movements.candidates(about)}
    if one.movement not in fitting or company_of(one, about) is not Company.ALONE:
        return ""
    return f"{reverse('session')}?first={one.movement}"


def _tagged(one: Rung, about: AboutPerson) -> bool:
    met = _met(one, about)
    return met is not None and met.suits.verdict is Verdict.CLINICIAN


def _met(one: Rung, about: AboutPerson) -> Shown | None:
    return movements.meet(one.movement, about) if one.movement else None


def _row(one: Rung, kept: Kept, about: AboutPerson) -> dict[str, Any]:
    said = page("ladder")["page"]
    tries = kept.of(one.id)
    done = [each for each in tries if each.outcome]
    waiting = kept.open_try(one.id)
    count = {0: "tried_none", 1: "tried_one"}.get(len(done), "tried")
    first = tries[0].worry if tries else one.worry
    worry = said["worry_was" if first != one.worry else "worry"]
    return {
        "id": one.id,
        "title": title_of(one),
        "worry": worry.format(worry=f"{one.worry:g}", first=f"{first:g}"),
        "bar": round(one.worry * 10, 1),
        "tried": said[count].format(count=len(done)),
        "company": company_of(one, about),
        "open": waiting.name if waiting else "",
        "done": [{"name": each.name, **_told(each, kept)} for each in reversed(done)],
    }


def _told(one: Try, kept: Kept) -> dict[str, Any]:
    came, standing = one.outcome, kept.ladder.find(one.rung)
    words = page("ladder")["do"]
    names = {Happened.YES: words["yes"], Happened.PARTLY: words["partly"], Happened.NO: words["no"]}
    return {
        "day": came.on if came else one.begun,
        "rung": title_of(standing) if standing else "",
        "what": one.expected.what,
        "where": one.where,
        "expected": f"{one.expected.bad:g}",
        "likely": f"{one.expected.likely:g}",
        "happened": f"{came.bad:g}" if came else "",
        "true": names[came.happened] if came else "",
        "learnt": came.learnt if came else "",
    }


def _words(kept: Kept) -> list[str]:
    """Return what may tell of today: fears that were tried have had their answer."""
    found = [one.words for one in kept.ladder.up]
    for one in kept.ladder.up:
        found += _words_of(kept.open_try(one.id))
    return found


def _words_of(one: Try | None) -> list[str]:
    if one is None:
        return []
    return [one.expected.what, one.where, one.outcome.learnt if one.outcome else ""]


def _in_flare(who: Looking) -> bool:
    return bool(who.today and who.today.check_in and who.today.check_in.flare)
