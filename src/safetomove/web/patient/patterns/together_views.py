"""What tests say together, and the choice to share one's own."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from safetomove.services import pooling
from safetomove.services.experiments import NoSuchExperiment
from safetomove.services.pooling import Offer
from safetomove.services.refusals import NoSuchPerson
from safetomove.web import who
from safetomove.web.patient.keeping import forget, see
from safetomove.web.patient.patterns.together_page import together_page
from safetomove.web.patient.words import origin, page


@require_http_methods(["GET", "HEAD", "POST"])
def together(request: HttpRequest) -> HttpResponse:
    """Show what is said together and what one shares, or keep which results are shared."""
    if request.method == "POST":
        _choose(request)
        return see("tests_together", query="saved=1", place="share")
    shown = {
        "w": page("together"),
        "tests": page("experiments"),
        "origin": origin("together"),
        "saved": request.GET.get("saved") == "1",
        **together_page(pooling.together(), _offers(request)),
    }
    return render(request, "patterns/together.jinja", shown)


def _choose(request: HttpRequest) -> None:
    person = who.person_of(request)
    if person is None:
        raise Http404
    try:
        pooling.choose(person=person, ids=request.POST.getlist("share"), now=who.now(request))
    except NoSuchPerson:
        forget(request)
        raise Http404 from None
    except NoSuchExperiment:
        raise Http404 from None


def _offers(request: HttpRequest) -> tuple[Offer, ...]:
    person = who.person_of(request)
    if person is None:
        return ()
    try:
        return pooling.offers(person=person)
    except NoSuchPerson:
        forget(request)
        return ()
