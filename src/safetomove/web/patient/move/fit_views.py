"""What suits you: what is hard, and what is at hand. Every answer may be left blank."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from safetomove.core.doing import ABILITIES, Abilities, Kit, Tag
from safetomove.core.safety import Answer
from safetomove.services import move_fit
from safetomove.web import who
from safetomove.web.patient.forms import Errors
from safetomove.web.patient.keeping import saving, see, todays
from safetomove.web.words import page

SAID = (Answer.YES, Answer.NO)


@require_http_methods(["GET", "HEAD", "POST"])
def fit(request: HttpRequest) -> HttpResponse:
    """Ask, and keep what was said; blank takes an answer back."""
    now = who.now(request)
    if request.method != "POST":
        known = todays(request, now)
        told = move_fit.abilities_of(known) if known else Abilities()
        return _page(request, told, [], saved="saved" in request.GET and known is not None)
    errors: Errors = []
    told = _read(request, errors)
    if errors:
        return _page(request, told, errors)
    saving(
        request,
        now,
        lambda person: move_fit.keep_abilities(person=person, abilities=told, now=now),
    )
    return see("move_fit", query="saved")


def _read(request: HttpRequest, errors: Errors) -> Abilities:
    words = page("move")["fit"]
    trouble: dict[Tag, Answer] = {}
    for tag in ABILITIES:
        said = request.POST.get(tag.value, "")
        if said in SAID:
            trouble[tag] = Answer(said)
        elif said:
            errors.append((tag.value, words["wrong"]))
    ticked = set(request.POST.getlist("kit"))
    if ticked - set(Kit):
        errors.append(("kit", words["wrong_kit"]))
    return Abilities(trouble=trouble, kit=frozenset(Kit(each) for each in ticked & set(Kit)))


def _page(
    request: HttpRequest, told: Abilities, errors: Errors, *, saved: bool = False
) -> HttpResponse:
    words = page("move")
    options = [(each.value, words["fit"][each.value]) for each in SAID]
    shown = {
        "w": words,
        "rows": [
            (tag.value, words["fit"][tag], options, told.trouble.get(tag, "")) for tag in ABILITIES
        ],
        "kit": [(each.value, words["kit"][each].capitalize()) for each in Kit],
        "ticked": [each.value for each in told.kit],
        "errors": errors,
        "wrong": dict(errors),
        "saved": saved,
    }
    return render(request, "move/fit.jinja", shown, status=422 if errors else 200)
