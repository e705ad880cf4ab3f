"""One session of a course as typed by the staff: read into a session, or refused with its place."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from safetomove.core.course import BadSyllabus, Session, StepKind, read_session
from safetomove.web.clinic.people_form import printable

NEW_KINDS = (StepKind.TELL, StepKind.ASK, StepKind.SHOW, StepKind.TRY)
TOP = 6_000  # letters read from one field

Table = dict[str, Any]


def parse(sent: Mapping[str, Any], old: Session) -> Session:
    """Return the session that a form describes; what the form doesn't ask stays as it was.

    A step without a title and words is left out. BadSyllabus names the place that is wrong.
    """
    data = asdict(old)
    for name in ("title", "topic"):
        data[name] = _text(sent, name)
    for name in ("aims", "bring", "say_this", "stop_if"):
        data[name] = _lines(sent, name)
    steps = [_step(sent, n, step) for n, step in enumerate(data["education"])]
    data["education"] = [each for each in (*steps, _new_step(sent)) if each is not None]
    data["circuit"] = _circuit(sent, data["circuit"])
    data["handout"] |= {name: _text(sent, f"handout-{name}") for name in ("title", "keep", "net")}
    data["handout"]["tries"] = _lines(sent, "handout-tries")
    return read_session(data)


def _step(sent: Mapping[str, Any], n: int, step: Table) -> Table | None:
    title, words = _text(sent, f"step-{n}-title"), _lines(sent, f"step-{n}-words")
    if not title and not words:
        return None
    return step | {
        "title": title,
        "words": words,
        "minutes": _number(sent, f"step-{n}-minutes", f"step {n + 1}"),
        "questions": _lines(sent, f"step-{n}-questions"),
        "listen_for": _lines(sent, f"step-{n}-listen_for"),
    }


def _new_step(sent: Mapping[str, Any]) -> Table | None:
    title, words = _text(sent, "new-title"), _lines(sent, "new-words")
    if not title and not words:
        return None
    return {
        "kind": _text(sent, "new-kind"),
        "title": title,
        "words": words,
        "minutes": _number(sent, "new-minutes", "the new step"),
        "questions": _lines(sent, "new-questions"),
    }


def _circuit(sent: Mapping[str, Any], old: Table) -> Table:
    circuit = old | {
        "turns": _number(sent, "turns", "the circuit"),
        "turn_minutes": _number(sent, "turn_minutes", "the circuit"),
    }
    for name in ("warm_up", "rest"):
        circuit[name] = old[name] | {
            "minutes": _number(sent, f"{name}-minutes", name.replace("_", "-")),
            "words": _lines(sent, f"{name}-words"),
        }
    stations = (_station(sent, n, each) for n, each in enumerate(old["stations"]))
    circuit["stations"] = [each for each in stations if each is not None]
    return circuit


def _station(sent: Mapping[str, Any], n: int, old: Table) -> Table | None:
    if not _text(sent, f"station-{n}-do"):
        return None
    place = f"station {n + 1}"
    exercises = {
        part: {
            "movement": _text(sent, f"station-{n}-{part}"),
            "easier": _number(sent, f"station-{n}-{part}-easier", place),
            "harder": _number(sent, f"station-{n}-{part}-harder", place),
        }
        for part in ("do", "swap")
    }
    words = {name: _text(sent, f"station-{n}-{name}") for name in ("say", "watch")}
    return {**exercises, **words}


def _text(sent: Mapping[str, Any], name: str) -> str:
    return printable(" ".join(str(sent.get(name, ""))[:TOP].split()))


def _lines(sent: Mapping[str, Any], name: str) -> list[str]:
    lines = str(sent.get(name, ""))[:TOP].splitlines()
    return [printable(line.strip()) for line in lines if line.strip()]


def _number(sent: Mapping[str, Any], name: str, place: str) -> int:
    text = str(sent.get(name, "")).strip()
    if not (text.isascii() and text.isdecimal() and len(text) < 4):
        raise BadSyllabus(f"{place}: type a whole number")
    return int(text)
