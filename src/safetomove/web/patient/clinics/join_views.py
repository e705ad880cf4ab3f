"""Join a clinic by the code that it gave: typed, or in a link."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from safetomove.services.clinic import invitations
from safetomove.services.clinic.refusals import BadInvitation
from safetomove.web import code_tries, errors, who
from safetomove.web.patient.forms import showable
from safetomove.web.patient.keeping import saving, see
from safetomove.web.patient.words import page

CODE_TOP = 40  # characters: the code with room for dashes and blanks


@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """Say who invites and what they would see; join only when the person says so."""
    sent = request.POST if request.method == "POST" else request.GET
    code = showable(sent.get("code", "").strip())[:CODE_TOP]
    if not code:
        return _page(request, problem=page("my_clinics")["join"]["wrong"] if sent else "")
    if not code_tries.may_try(request):
        return errors.too_many(request)
    try:
        invitation = invitations.open_invitation(code, now=who.now(request))
        if invitation.role is None and request.POST.get("join") == "yes":
            return see("my_clinic", str(_accept(request, code)), query="joined=yes")
    except BadInvitation:
        return _page(request, code=code, problem=_problem(request, code))
    return _page(request, code=code, invitation=invitation)


def _accept(request: HttpRequest, code: str) -> UUID:
    """Join; whoever is new here begins a record by it."""
    now = who.now(request)
    # Looked at before anybody is made: a code that opens nothing begins no record.
    return saving(
        request,
        now,
        lambda person: invitations.accept_as_patient(code, person=person, now=now),
    )


def _problem(request: HttpRequest, code: str) -> str:
    """Say why nothing was joined: a good code that is refused is for somebody already here."""
    words = page("my_clinics")["join"]
    try:
        invitations.open_invitation(code, now=who.now(request))
    except BadInvitation:
        return str(words["wrong"])
    return str(words["already"])


def _page(request: HttpRequest, **about: object) -> HttpResponse:
    known = {"w": page("my_clinics"), "signed_in": request.user.is_authenticated, **about}
    status = 422 if about.get("problem") else 200
    return render(request, "patient_clinics/join.jinja", known, status=status)
