"""What clinics changed in a plan, and the person's no."""

from contextlib import suppress

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from safetomove.services.clinic import my_plan
from safetomove.services.refusals import NoSuchPerson
from safetomove.web import who
from safetomove.web.going import SeeOther
from safetomove.web.patient.clinics import plan_page
from safetomove.web.patient.keeping import see
from safetomove.web.patient.words import page


@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """List all that clinics changed in the person's plan, and what became of it."""
    person, found = who.person_of(request), []
    if person is not None:
        with suppress(NoSuchPerson):
            found = plan_page.listed(person, who.now(request))
    shown = {"w": page("my_plan"), "changes": found}
    return render(request, "patient_clinics/changes.jinja", shown)


@require_POST
def say_no(request: HttpRequest) -> SeeOther:
    """End a change of the person's plan; one that isn't theirs is nobody's business."""
    person = who.person_of(request)
    if person is not None:
        with suppress(NoSuchPerson):
            change = request.POST.get("change", "")
            my_plan.say_no(person=person, change=change, now=who.now(request))
    return see("today", query="saved=clinic_no")
