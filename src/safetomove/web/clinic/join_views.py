"""Take up an invitation to work at a clinic."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from safetomove.services.clinic import invitations
from safetomove.services.clinic.invitations import Invitation
from safetomove.services.clinic.refusals import BadClinic, BadInvitation
from safetomove.services.clinic.staff import tidy_name
from safetomove.web import code_tries, errors, who
from safetomove.web.clinic.people_form import printable
from safetomove.web.going import see
from safetomove.web.words import page

CODE_TOP = 40  # characters: the code with room for dashes and blanks


@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """Show who invites, ask for an account and a name, and begin the role."""
    sent = request.POST if request.method == "POST" else request.GET
    code = printable(sent.get("code", "").strip())[:CODE_TOP]
    if not code:
        return _page(request, problems={} if request.method != "POST" else _wrong())
    if not code_tries.may_try(request):
        return errors.too_many(request)
    try:
        invitation = invitations.open_invitation(code, now=who.now(request))
    except BadInvitation:
        return _page(request, code=code, problems=_wrong())
    user = request.user
    if request.method != "POST" or not user.is_authenticated:
        return _page(request, code=code, invitation=invitation)
    return _accept(request, code, invitation, user_id=int(user.pk))


def _accept(
    request: HttpRequest, code: str, invitation: Invitation, *, user_id: int
) -> HttpResponse:
    name = request.POST.get("name", "")
    about = {"code": code, "invitation": invitation, "name": printable(name)}
    try:
        tidy_name(name)
        now = who.now(request)
        clinic = invitations.accept_as_staff(code, user_id=user_id, name=name, now=now)
    except BadClinic:
        words = page("clinic_people")["errors"]["name"]
        return _page(request, problems={"name": words}, **about)
    except BadInvitation as refused:
        said = str(refused)
        return _page(request, problems={"main": f"{said[:1].upper()}{said[1:]}."}, **about)
    return see("clinic_home", clinic)


def _wrong() -> dict[str, str]:
    return {"code": page("clinic_people")["errors"]["code"]}


def _page(request: HttpRequest, **about: object) -> HttpResponse:
    back = f"{reverse('clinic_join')}?{urlencode({'code': str(about.get('code', ''))})}"
    known = {"w": page("clinic_people"), "next": urlencode({"next": back}), **about}
    status = 422 if about.get("problems") else 200
    return render(request, "clinic/join.jinja", known, status=status)
