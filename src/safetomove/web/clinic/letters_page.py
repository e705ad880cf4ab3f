"""Begin a letter from what is known and shared, and lay it out for paper."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest

from safetomove.services.clinic.letters import Letter, Reader
from safetomove.services.clinic.members import Member
from safetomove.services.clinic.staff import Desk
from safetomove.services.clinic.summary import summary
from safetomove.web import who
from safetomove.web.clinic import summary_page, summary_paper
from safetomove.web.clinic.days import day_of_time
from safetomove.web.words import page

Filled = dict[str, Any]
HEADING = "# "  # at the start of a line of the text


def begun(request: HttpRequest, at: Desk, one: Member, reader: Reader) -> dict[str, str]:
    """Return a first text: what the record says, and a place for each thing it can't say."""
    words = page("clinic_letters")["begin"]
    filled = summary_page.fill(summary(at, one, now=who.now(request)), None)
    told = words[reader]
    to = one.name if reader is Reader.PERSON else words["doctor"]["to"]
    lines = [told["open"].format(name=one.name, clinic=at.held.name)]
    lines += ["", *_parts(filled, told), "", f"{HEADING}{told['next']}", told["next_hint"]]
    return {"reader": reader.value, "to": to, "text": "\n".join(lines)}


def typed_of(letter: Letter) -> dict[str, str]:
    """Return a letter as it was typed."""
    words = letter.words
    return {"reader": words.reader.value, "to": words.to, "text": words.text}


def sheet(at: Desk, one: Member, letter: Letter) -> Filled:
    """Return what the template `letter` prints; its end can't be left out."""
    words = page("clinic_letters")
    said = words["paper"][letter.words.reader]
    return {
        **summary_paper.about(at, one),
        "title": said["title"],
        "to": letter.words.to.split("\n"),
        "day": day_of_time(letter.at, at.held.zone),
        "text": [*paragraphs(letter.words.text)],
        "sign": said["sign"],
        "by": letter.by,
        "role": words["paper"]["role"],
        "ends": {"heading": words["ends"]["heading"], "lines": words["ends"][letter.words.reader]},
        "foot": words["paper"]["foot"].format(clinic=at.held.name, version=letter.version),
    }


def paragraphs(text: str) -> Iterator[Filled]:
    """Part a text into headings, begun with #, and paragraphs, one a line."""
    for line in filter(None, (each.strip() for each in text.split("\n"))):
        heading = line.startswith(HEADING)
        yield {
            "kind": "heading" if heading else "words",
            "words": line.removeprefix(HEADING).strip() if heading else line,
        }


def _parts(filled: Filled, told: Filled) -> Iterator[str]:
    """Yield what is known, part by part; what is not shared is said to be unknown."""
    yield f"{HEADING}{told['came']}"
    came = filled["came"]
    count = page("clinic_summary")["came"]["count"]
    yield count.format(came=filled["attended"], noted=len(came)) if came else told["no_register"]
    yield f"{HEADING}{told['does']}"
    doing = filled["doing"]
    if doing is None:
        yield told["not_shared"]
    else:
        yield from (f"{each['name']}. {each['stands']}" for each in doing["activities"])
        yield from (doing["lines"] if doing["activities"] else [told["no_activity"]])
    yield f"{HEADING}{told['measures']}"
    measures = filled["measures"]
    if not measures:
        yield told["not_shared"] if measures is None else told["no_measures"]
    else:
        yield from (" ".join(lines) for lines in measures)
