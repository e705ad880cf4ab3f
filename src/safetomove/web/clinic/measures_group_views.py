"""A group's measures: what it is asked at its start and its end, and who has answered."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from safetomove.content.instrument_rules import BadInstrument
from safetomove.services import instruments
from safetomove.services.clinic import groups, measure_rounds
from safetomove.services.clinic.measure_rounds import ROUNDS, Round, State
from safetomove.services.clinic.refusals import BadClinic
from safetomove.services.clinic.staff import Desk
from safetomove.services.measures import Occasion
from safetomove.web import who
from safetomove.web.clinic import measures_form
from safetomove.web.going import SeeOther, see
from safetomove.web.words import page


@require_http_methods(["GET", "HEAD", "POST"])
def of_group(request: HttpRequest, at: Desk, group: UUID) -> HttpResponse:
    """Show both rounds, or ask everybody for what is ticked."""
    found = groups.group(at.held, group)
    errors: dict[str, str] = {}
    if request.method == "POST":
        label = measures_form.label_or_none(request.POST.get("label", ""))
        ids = request.POST.getlist(f"instruments-{label}")
        try:
            if label not in ROUNDS:
                raise BadClinic("a group is asked at its start and at its end")
            measure_rounds.ask(at, group=group, ids=ids, label=label, now=who.now(request))
            back = see("clinic_group_measures", at.held.clinic, group)
            return SeeOther(f"{back.url}#{label}")
        except (BadClinic, BadInstrument):
            place = label if label in ROUNDS else Occasion.FIRST
            errors[f"instruments-{place}"] = page("clinic_measures")["errors"]["choose"]
    every = measure_rounds.rounds(at.held, group)
    shown = {
        "at": at,
        "w": page("clinic_measures"),
        "group": found,
        "rounds": [_round(each, every[0]) for each in every],
        "errors": errors,
    }
    status = 422 if errors else 200
    return render(request, "clinic/measures_group.jinja", shown, status=status)


def _round(one: Round, first: Round) -> dict[str, Any]:
    """Fill one round; the end is offered with what the start asked."""
    here = instruments.every()
    return {
        "id": one.label.value,
        "asked_on": one.asked_on,
        "lines": one.lines,
        "measures": [(id, here[id].title if id in here else id) for id in one.instruments],
        "options": [(id, each.title) for id, each in here.items()],
        "ticked": list(one.instruments or first.instruments),
        "paper": one.waiting_for(State.PAPER),
        "later": one.waiting_for(State.NOT_ASKED),
        "ids": [id for id in one.instruments if id in here],
    }
