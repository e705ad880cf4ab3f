"""Say no to what a clinic changed."""

from contextlib import suppress

from django.http import HttpRequest
from django.views.decorators.http import require_POST

from safetomove.services.clinic import my_plan
from safetomove.services.refusals import NoSuchPerson
from safetomove.web import who
from safetomove.web.going import SeeOther
from safetomove.web.patient.keeping import see


@require_POST
def say_no(request: HttpRequest) -> SeeOther:
    """End a change of the person's plan; one that isn't theirs is nobody's business."""
    person = who.person_of(request)
    if person is not None:
        with suppress(NoSuchPerson):
            change = request.POST.get("change", "")
            my_plan.say_no(person=person, change=change, now=who.now(request))
    return see("today", query="saved=clinic_no")
