"""Bring a list in: look at it first, then write all of it or nothing."""

from base64 import b64decode, b64encode
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from safetomove.services.clinic import finding, list_file
from safetomove.services.clinic.list_file import BadList
from safetomove.services.clinic.staff import Desk
from safetomove.web import who
from safetomove.web.clinic.people_form import printable
from safetomove.web.clinic.people_views import uuid_or_new
from safetomove.web.going import see
from safetomove.web.words import page


@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: HttpRequest, at: Desk) -> HttpResponse:
    """Take a file or pasted rows and show what they say; nothing is written."""
    if request.method != "POST":
        return _page(request, at)
    errors = page("clinic_people")["errors"]
    file, pasted = request.FILES.get("file"), request.POST.get("pasted", "")
    try:
        text = file.read().decode("utf-8") if file else pasted
    except UnicodeDecodeError:
        return _page(request, at, problem=errors["unreadable"])
    if not text.strip():
        return _page(request, at, problem=errors["file"])
    return _look(request, at, text)


@require_POST
def confirm(request: HttpRequest, at: Desk) -> HttpResponse:
    """Write the list that was looked at; a second tap writes nobody twice."""
    try:
        text = b64decode(request.POST.get("rows", ""), validate=True).decode("utf-8")
        people = list_file.read_list(text, today=who.today_of(request))
    except (ValueError, BadList):
        return _page(request, at, problem=page("clinic_people")["errors"]["file"])
    key = uuid_or_new(request.POST.get("key", ""))
    list_file.add_list(at, people=people, key=key, now=who.now(request))
    return see("clinic_people", at.held.clinic)


def _look(request: HttpRequest, at: Desk, text: str) -> HttpResponse:
    try:
        people = list_file.read_list(text, today=who.today_of(request))
    except BadList as refused:
        return _page(request, at, wrong=refused.wrong, pasted=printable(text))
    rows = list(zip(people, finding.known_already(at.held, people), strict=True))
    packed = b64encode(text.encode("utf-8")).decode("ascii")
    about = {"at": at, "w": page("clinic_people"), "rows": rows, "packed": packed}
    return render(request, "clinic/people_import_look.jinja", about | {"key": uuid4()})


def _page(request: HttpRequest, at: Desk, **about: object) -> HttpResponse:
    page_of = {"at": at, "w": page("clinic_people"), **about}
    return render(request, "clinic/people_import.jinja", page_of, status=422 if about else 200)
