"""The ladder: put up what you hold back from, guess, try it, and see what happened."""

from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from safetomove.core.doing import NotCleared
from safetomove.core.ladder import RUNGS_TOP, Company, Outcome, Rung, Try
from safetomove.services import ladder as service
from safetomove.services import pain_map
from safetomove.services.ladder import Kept
from safetomove.services.refusals import BadKey
from safetomove.web import who
from safetomove.web.going import SeeOther
from safetomove.web.patient.keeping import saving, see
from safetomove.web.patient.move import ladder_forms, ladder_page
from safetomove.web.patient.move.ladder_forms import Form
from safetomove.web.patient.move.reaching import Looking, looking
from safetomove.web.patient.safety_keeping import Keeping, try_to_keep
from safetomove.web.words import origin, page


@require_safe
def ladder(request: HttpRequest) -> HttpResponse:
    """Show the ladder, or how to begin one."""
    looker, keeping, kept = _reach(request)
    shown = ladder_page.ladder(looker, kept, saved=request.GET.get("saved", ""))
    shown["out_of_reach"] = keeping is Keeping.OUT_OF_REACH
    return _render(request, "ladder", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Ask what to put on the ladder, or put it up."""
    looker, keeping, kept = _reach(request)
    if request.method != "POST":
        return _add(request, looker, kept, Form(sent=_prefilled(request)), keeping)
    form = Form(sent=request.POST.dict())
    filled = ladder_page.add(looker, kept, ())
    offered = frozenset(id for id, _ in filled["movements"] if id)
    sent = ladder_forms.read_rung(form, offered=offered)
    said, key, now = page("ladder")["add"], request.POST.get("key", ""), who.now(request)
    if kept.ladder.find(key) is None and not form.errors:
        _refuse_twins(form, kept, sent.movement, sent.words)
    if form.errors:
        return _add(request, looker, kept, form, keeping)
    try:
        saving(request, now, lambda person: service.put_up(
            person=person, client_key=key, worry=sent.worry, now=now,
            movement=sent.movement, words=sent.words,
        ))  # fmt: skip
    except BadKey:
        form.errors.append(("words", said["errors_key"]))
        return _add(request, looker, kept, form, keeping)
    return see("ladder", query="saved=up")


@require_http_methods(["GET", "HEAD", "POST"])
def rung(request: HttpRequest, id: str) -> HttpResponse:
    """Show one rung, rate it again, take it down or put it back up."""
    looker, _, kept = _reach(request)
    one = _rung(kept, id)
    if request.method != "POST":
        return _render(request, "ladder_rung", ladder_page.rung(looker, kept, one))
    person, now, deed = _person(request), who.now(request), request.POST.get("deed")
    if deed == "let_go":
        service.let_go(person=person, rung=id, now=now)
        return see("ladder", query="saved=gone")
    if deed == "take_back":
        if not kept.ladder.holds(movement=one.movement, words=one.words) and _room(kept):
            service.take_back(person=person, rung=id, now=now)
        return see("ladder", query="saved=up")
    form = Form(sent=request.POST.dict())
    worry = ladder_forms.read_worry(form)
    if form.errors:
        shown = ladder_page.rung(looker, kept, one) | {"errors": form.errors, "wrong": form.wrong}
        return _render(request, "ladder_rung", shown, status=422)
    service.rate(person=person, rung=id, worry=worry, now=now)
    return see("ladder", query="saved=worry")


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest, id: str) -> HttpResponse:
    """Ask what the person expects, before they try; without clearance, lead to the questions."""
    looker, _, kept = _reach(request)
    one = _rung(kept, id)
    waiting = kept.open_try(id)
    if waiting is not None:
        return see("ladder_try", waiting.name)
    how = ladder_page.company_of(one, looker.about)
    if looker.today is None or not looker.today.review.cleared or how is Company.NOT_THIS:
        return see("ladder_rung", id)
    if request.method != "POST":
        return _begin(request, one, looker, kept, Form(sent={"key": str(uuid4())}))
    form = Form(sent=request.POST.dict())
    expected, where = ladder_forms.read_expected(form, talk_first=how is Company.CLINICIAN)
    if expected is None:
        return _begin(request, one, looker, kept, form)
    key, now, person = request.POST.get("key", ""), who.now(request), _person(request)
    try:
        begun = service.begin_try(
            person=person, client_key=key, rung=id, expected=expected, where=where, now=now
        )
    except BadKey:
        form.errors.append(("what", page("ladder")["add"]["errors_key"]))
        return _begin(request, one, looker, kept, form)
    except NotCleared:
        return see("ladder_rung", id)
    return see("ladder_try", begun.name)


@require_http_methods(["GET", "HEAD", "POST"])
def one_try(request: HttpRequest, name: str) -> HttpResponse:
    """Show how to do it and ask what happened; afterwards, show what was found out."""
    looker, _, kept = _reach(request)
    this = next((each for each in kept.tries if each.name == name), None)
    if this is None:
        raise Http404
    if request.method != "POST":
        changing = this.outcome is None or "change" in request.GET
        return _try(request, looker, kept, this, Form(sent=_told(this)), asking=changing)
    form = Form(sent=request.POST.dict())
    told = ladder_forms.read_outcome(form)
    if told is None:
        return _try(request, looker, kept, this, form, asking=True)
    came = Outcome(
        on=who.today_of(request) if looker.today is None else looker.today.local_day,
        happened=told.happened,
        bad=told.bad,
        worry=told.worry,
        learnt=told.learnt,
    )
    service.finish_try(person=_person(request), name=name, outcome=came, now=who.now(request))
    return see("ladder_try", name)


@require_POST
def drop(request: HttpRequest, name: str) -> SeeOther:
    """Take an open try away; nothing is held against anybody."""
    service.drop_try(person=_person(request), name=name, now=who.now(request))
    return see("ladder", query="saved=dropped")


def _reach(request: HttpRequest) -> tuple[Looking, Keeping, Kept]:
    keeping, kept = try_to_keep(request, lambda person, _: service.ladder_of(person))
    return looking(request), keeping, kept or Kept()


def _rung(kept: Kept, id: str) -> Rung:
    found = kept.ladder.find(id)
    if found is None:
        raise Http404
    return found


def _prefilled(request: HttpRequest) -> dict[str, str]:
    return {"movement": request.GET.get("movement", ""), "key": str(uuid4())}


def _room(kept: Kept) -> bool:
    return len(kept.ladder.up) < RUNGS_TOP


def _refuse_twins(form: Form, kept: Kept, movement: str, words: str) -> None:
    said = page("ladder")["add"]
    if kept.ladder.holds(movement=movement, words=words):
        form.errors.append(("words", said["errors_twin"]))
    elif not _room(kept):
        form.errors.append(("words", said["errors_many"]))


def _add(
    request: HttpRequest, looker: Looking, kept: Kept, form: Form, keeping: Keeping
) -> HttpResponse:
    _, about = try_to_keep(request, lambda person, _: pain_map.map_of(person))
    filled = ladder_page.add(looker, kept, about.avoided if about else ())
    shown = {**filled, **_of(form), "out_of_reach": keeping is Keeping.OUT_OF_REACH}
    return _render(request, "ladder_add", shown, status=422 if form.errors else 200)


def _begin(
    request: HttpRequest, one: Rung, looker: Looking, kept: Kept, form: Form
) -> HttpResponse:
    shown = {**ladder_page.rung(looker, kept, one), **_of(form)}
    return _render(request, "ladder_begin", shown, status=422 if form.errors else 200)


def _try(
    request: HttpRequest, looker: Looking, kept: Kept, this: Try, form: Form, *, asking: bool
) -> HttpResponse:
    one = _rung(kept, this.rung)
    shown = {
        **ladder_page.rung(looker, kept, one),
        **_of(form),
        "cards": ladder_page.cards_of(this, one),
        "name": this.name,
        "asking": asking,
        "is_open": this.outcome is None,
        "guess": ladder_page.guess(this),
        "found_out": ladder_page.found_out(this),
        "learnt": this.outcome.learnt if this.outcome else "",
    }
    return _render(request, "ladder_try", shown, status=422 if form.errors else 200)


def _told(this: Try) -> dict[str, str]:
    came = this.outcome
    if came is None:
        return {}
    numbers = {"bad": f"{came.bad:g}", "worry": f"{came.worry:g}"}
    return {"happened": came.happened.value, "learnt": came.learnt, **numbers}


def _of(form: Form) -> dict[str, object]:
    key = form.typed.get("key") or str(uuid4())
    return {"typed": form.typed, "errors": form.errors, "wrong": form.wrong, "key": key}


def _render(
    request: HttpRequest, name: str, shown: dict[str, object], status: int = 200
) -> HttpResponse:
    about = {"w": page("ladder"), "m": page("move"), "origin": origin("ladder"), **shown}
    return render(request, f"move/{name}.jinja", about, status=status)


def _person(request: HttpRequest) -> UUID:
    person = who.person_of(request)
    if person is None:
        raise Http404
    return person
