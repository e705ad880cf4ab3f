"""My data: take it away, bring it in, erase it."""

from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from safetomove.core.diary import BadDiary
from safetomove.services import erase, export, imports
from safetomove.services.clinic import fhir, sharing, staff
from safetomove.web import aside, who
from safetomove.web.going import SeeOther, see
from safetomove.web.patient import diary_file
from safetomove.web.patient.words import page

PASTED_SHOWN = 1_000_000  # characters that are sent back to be mended; more is pasted anew
DIGITS = 8
NAME = "safe-to-move-diary"
FHIR_NAME = "safe-to-move-fhir-r4"


@require_safe
def my_data(request: HttpRequest) -> HttpResponse:
    """Show what a person can do with what is kept."""
    about = {"person": who.person_of(request), "signed_in": request.user.is_authenticated}
    return render(request, "patient/my_data.jinja", about)


@require_safe
def export_csv(request: HttpRequest) -> HttpResponse:
    """Hand over the diary as a table."""
    person = who.person_of(request)
    if person is None:
        return redirect("my_data")
    return _file(export.export_csv(person=person), "text/csv; charset=utf-8", f"{NAME}.csv")


@require_safe
def export_json(request: HttpRequest) -> HttpResponse:
    """Hand over everything that is kept."""
    person = who.person_of(request)
    if person is None:
        return redirect("my_data")
    return _file(export.export_json(person=person), "application/json", f"{NAME}.json")


@require_safe
def export_fhir(request: HttpRequest) -> HttpResponse:
    """Hand over the plan and the measures as FHIR R4."""
    person = who.person_of(request)
    if person is None:
        return redirect("my_data")
    bundle = fhir.as_text(fhir.for_person(person, now=who.now(request)))
    return _file(bundle, "application/fhir+json", f"{FHIR_NAME}.json")


@require_http_methods(["GET", "HEAD", "POST"])
def import_diary(request: HttpRequest) -> HttpResponse:
    """Take a file or pasted rows, show what they would change, and write nothing yet."""
    if request.method != "POST":
        return _import_page(request)
    try:
        text, kind = diary_file.sent(request)
    except diary_file.NotADiary as error:
        return _import_page(request, problem=str(error))
    person, now, zone = who.person_of(request), who.now(request), who.zone_of(request)
    try:
        preview = imports.preview_import(person=person, text=text, kind=kind, now=now, zone=zone)
    except BadDiary as refused:
        return _import_page(request, kind=kind, **diary_file.refused(refused))
    about = diary_file.shown(preview) | {"kind": kind, "key": uuid4()}
    about["rows"] = diary_file.packed(text)
    return render(request, "patient/import_preview.jinja", about)


@require_POST
def confirm_import(request: HttpRequest) -> HttpResponse:
    """Write the rows that were just looked at; a second tap writes nothing more."""
    now, zone = who.now(request), who.zone_of(request)
    try:
        text, kind, key = diary_file.unpacked(request)
    except diary_file.NotADiary as error:
        return _import_page(request, problem=str(error))
    try:
        if who.person_of(request) is None:  # a file that is refused makes nobody
            imports.preview_import(person=None, text=text, kind=kind, now=now, zone=zone)
        person = who.person_or_new_guest(request, now)
        done = imports.confirm_import(person=person, text=text, kind=kind, client_key=key, now=now)
    except BadDiary as refused:
        return _import_page(request, kind=kind, **diary_file.refused(refused))
    return SeeOther(f"{reverse('import_done')}?days={len(done.new_days) + len(done.changed_days)}")


@require_safe
def import_done(request: HttpRequest) -> HttpResponse:
    """Say how many days were written."""
    days = request.GET.get("days", "")
    count = int(days) if days.isdecimal() and len(days) < DIGITS else 0
    return render(request, "patient/import_done.jinja", {"count": count})


@require_http_methods(["GET", "HEAD", "POST"])
def erase_everything(request: HttpRequest) -> HttpResponse:
    """Ask once, then erase."""
    person, signed_in = who.person_of(request), request.user.is_authenticated
    known = person is not None or signed_in
    sure = request.POST.get("sure") == "yes"
    if request.method != "POST" or (known and not sure):
        missing = request.method == "POST"
        about: dict[str, object] = {"missing": missing, "person": person, "signed_in": signed_in}
        about |= _clinics(request, person)
        return render(request, "patient/erase.jinja", about, status=422 if missing else 200)
    if not known:
        raise who.VisitEnded("nobody is known here, so nothing can be erased")
    now = who.now(request)
    person = who.person_or_new_guest(request, now)  # an account goes by way of its record
    erase.erase_person(person=person, actor="self", now=now)
    _forget_browser(request)
    return see("erased")


@require_safe
def erased(request: HttpRequest) -> HttpResponse:
    """Say that it is done."""
    return render(request, "patient/erased.jinja", {"other": who.person_of(request)})


def _clinics(request: HttpRequest, person: UUID | None) -> dict[str, object]:
    """Say what clinics keep when somebody erases, where it concerns them."""
    works = request.user.is_authenticated and staff.clinics_of_user(int(request.user.pk))
    joined = person is not None and sharing.clinics_of_person(person)
    return {"clinic_words": page("my_clinics")["erase"], "works": works, "joined": joined}


def _forget_browser(request: HttpRequest) -> None:
    """End the session, and let no page opened before save anything after."""
    guest = aside.aside_of(request)
    request.session.flush()
    rotate_token(request)
    aside.hand_back(request, guest)


def _import_page(request: HttpRequest, **about: object) -> HttpResponse:
    pasted = request.POST.get("pasted", "")
    kept = pasted if len(pasted) < PASTED_SHOWN else ""
    page = {"pasted": kept.replace("\x00", ""), "columns": diary_file.columns(), **about}
    return render(request, "patient/import.jinja", page, status=422 if about else 200)


def _file(text: str, content_type: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text, content_type=content_type, headers=headers)
