"""A person's measures. A card that an answer raises comes before anything else, at once."""

import logging
from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from safetomove.content.instrument_rules import BadInstrument
from safetomove.core.measures import Instrument, Kind
from safetomove.services import instruments
from safetomove.services import measures as service
from safetomove.services.holding import look
from safetomove.services.measures import Asked, NoSuchMeasure, Taken
from safetomove.web import errors, measure_asking, measure_forms, measure_results, who
from safetomove.web.going import SeeOther
from safetomove.web.logs import what_and_where
from safetomove.web.patient.keeping import saving, see
from safetomove.web.patient.measures import show
from safetomove.web.patient.move.reaching import looking
from safetomove.web.patient.safety_keeping import Keeping, try_to_keep
from safetomove.web.words import origin, page

log = logging.getLogger(__name__)

Shown = tuple[tuple[Taken, ...], tuple[Asked, ...]]


@require_safe
def measures(request: HttpRequest) -> HttpResponse:
    """Show what is asked, what may be filled in, and what was."""
    keeping, found = try_to_keep(request, lambda person, _: _all(person))
    taken, asked = found or ((), ())
    shown = show.listed(instruments.every(), taken, asked)
    shown["out_of_reach"] = keeping is Keeping.OUT_OF_REACH
    shown["withdrawn"] = request.GET.get("saved") == "withdrawn"
    return _render(request, "index", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def fill(request: HttpRequest, id: str) -> HttpResponse:
    """Ask one measure, or keep its answers."""
    instrument = _offered(id)
    if request.method != "POST":
        return _ask(request, instrument, measure_asking.as_before(instrument, _last(request, id)))
    form = measure_forms.read(instrument, request.POST.dict())
    if form.errors:
        return _ask(request, instrument, form.typed, form=form)
    now, key = who.now(request), request.POST.get("key", "")

    def keep(person: UUID) -> Taken:
        return service.record(
            person=person, instrument=id, answers=form.answers, client_key=key, now=now
        )

    try:
        return see("measure", saving(request, now, keep).name, query="saved=yes")
    except Exception as error:
        if not (errors.records_gone(error) and measure_asking.cards_of(form)):
            raise
        log.error("not kept: %s", what_and_where(error))
        return _ask(request, instrument, form.typed, form=form, status=503)


@require_safe
def kept(request: HttpRequest, name: str) -> HttpResponse:
    """Show what one filling-in comes to, beside those of the same measure before it."""
    person = _person(request)
    held = look(person)
    try:
        one = service.taken(held, name)
    except NoSuchMeasure:
        raise Http404("no such measure") from None
    if one.withdrawn:
        return see("measures", query="saved=withdrawn")
    every = service.by_instrument(service.read_measures(held))[one.instrument]
    shown = measure_results.filled(one, every)
    shown["saved"] = request.GET.get("saved") == "yes"
    return _render(request, "result", shown)


@require_POST
def withdraw(request: HttpRequest, name: str) -> SeeOther:
    """Take out what was sent by mistake; it stays kept, and counts no more."""
    try:
        service.withdraw(person=_person(request), name=name, now=who.now(request))
    except NoSuchMeasure:
        raise Http404("no such measure") from None
    return see("measures", query="saved=withdrawn")


def _ask(
    request: HttpRequest,
    instrument: Instrument,
    typed: dict[str, str],
    *,
    form: measure_forms.Sent | None = None,
    status: int = 0,
) -> HttpResponse:
    shown = measure_asking.asked(instrument, typed, form, reader=instruments.self_harm_reader())
    if instrument.kind is Kind.TIMED:
        shown |= show.chair(looking(request))
    shown["key"] = typed.get("key") or str(uuid4())
    shown["out_of_reach"] = status == 503
    return _render(request, "fill", shown, status=status or (422 if form else 200))


def _render(
    request: HttpRequest, name: str, shown: dict[str, Any], status: int = 200
) -> HttpResponse:
    words = {"w": page("measures"), "m": page("move"), "origin": origin("measures")}
    return render(request, f"measures/{name}.jinja", {**words, **shown}, status=status)


def _offered(id: str) -> Instrument:
    try:
        return instruments.offered(id)
    except BadInstrument:
        raise Http404("no such measure") from None


def _all(person: UUID) -> Shown:
    held = look(person)
    return service.read_measures(held), service.asked_of(held)


def _last(request: HttpRequest, id: str) -> Taken | None:
    _, found = try_to_keep(request, lambda person, _: service.measures_of(person))
    return next((one for one in reversed(found or ()) if one.instrument == id), None)


def _person(request: HttpRequest) -> UUID:
    person = who.person_of(request)
    if person is None:
        raise Http404("nobody is known here")
    return person
