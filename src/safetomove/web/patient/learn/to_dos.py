"""What Today shows of the lessons: the one thing that a person chose to do."""

from collections.abc import Mapping

from django.http import HttpRequest

from safetomove.services.lessons import open_to_dos
from safetomove.web import who
from safetomove.web.patient.learn import shelf
from safetomove.web.words import page


def to_dos(request: HttpRequest, choices: Mapping[str, str]) -> list[dict[str, str]]:
    """Return what is open, in words; a lesson that is gone takes its thing along."""
    person = who.person_of(request)
    found = open_to_dos(person, choices) if person else ()
    return [
        _shown(each.lesson, each.to_do.what, each.to_do.when)
        for each in found
        if each.lesson in shelf.library().lessons
    ]


def _shown(lesson: str, what: str, when: str) -> dict[str, str]:
    words = page("learn")["plan"]
    return {
        "lesson": lesson,
        "what": what,
        "heading": f"{words['today']} · {when}" if when else words["today"],
        "title": shelf.library().lessons[lesson].front.title,
        "source": words["today_from"],
        "done": words["done"],
        "drop": words["drop"],
    }
