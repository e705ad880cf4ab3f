"""A lesson as everybody sees it of whom nothing is known: made once, but for the form's token."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string

from safetomove.content.lesson_shapes import Lesson
from safetomove.web.jinja_env import hidden_token, language
from safetomove.web.patient.learn import lesson_page

HOLE: Final = "token-goes-here"
_MADE: dict[tuple[str, str], str] = {}


def answer(request: HttpRequest, lesson: Lesson) -> HttpResponse:
    """Return the lesson's page with a token of this browser's own in its forms."""
    key = (language(), lesson.id)
    if key not in _MADE:
        about = lesson_page.shown(lesson, {}, {}) | {"token": hidden_token(HOLE)}
        _MADE[key] = render_to_string("learn/lesson.jinja", about, request)
    return HttpResponse(_MADE[key].replace(HOLE, get_token(request)))
