"""How the dose rule was tried out on invented people: the same for everybody, no record asked."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from safetomove.content import trials as content
from safetomove.web.patient.patterns.trials_page import trials_page
from safetomove.web.patient.words import origin, page


@require_safe
def trials(request: HttpRequest) -> HttpResponse:
    """Show the committed result of the latest trial, or say that there is none."""
    try:
        result = content.latest()
    except FileNotFoundError:
        raise Http404 from None
    shown = {"w": page("trials"), "origin": origin("trials"), **trials_page(result)}
    return render(request, "patterns/trials.jinja", shown)
