"""My guide: all that a person has found out, on one page that prints well."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from safetomove.services.guide import guide_of
from safetomove.web import who
from safetomove.web.patient import guide_page
from safetomove.web.patient.safety_keeping import Keeping, try_to_keep
from safetomove.web.patient.words import origin, page


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """Show the guide; when to get help ends it, whatever else can be shown."""
    keeping, known = try_to_keep(request, lambda person, now: guide_of(person=person, now=now))
    shown = {
        "w": page("guide"),
        "origin": origin("guide"),
        "out_of_reach": keeping is Keeping.OUT_OF_REACH,
        "left_out": known is not None and known.left_out,
        "day": known.today.local_day if known else who.today_of(request),
        **guide_page.shown(known, request.GET),
    }
    return render(request, "guide/guide.jinja", shown)
