"""All that was looked back on, on one page: to read again, and to see how far one has come."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from safetomove.core.flare import Before, Story
from safetomove.core.progress.kept import WeekReview
from safetomove.services import looked_back as service
from safetomove.services.looked_back import LookedBack
from safetomove.web.patient.move.week_page import ACTIVITY
from safetomove.web.patient.safety_keeping import Keeping, try_to_keep
from safetomove.web.words import origin, page


@require_safe
def looked_back(request: HttpRequest) -> HttpResponse:
    """List the weeks and the flare-ups that were looked back on, the newest first."""
    keeping, found = try_to_keep(request, lambda person, _: service.looked_back(person=person))
    shown = {
        "w": page("week_review"),
        "flare": page("flare_plan"),
        "origin": origin("week_review"),
        "out_of_reach": keeping is Keeping.OUT_OF_REACH,
        "left_out": found is not None and found.left_out,
        "weeks": [_week(each, found) for each in found.weeks] if found else [],
        "flares": [_flare(each) for each in found.flares] if found else [],
    }
    return render(request, "move/looked_back.jinja", shown)


def _week(review: WeekReview, found: LookedBack) -> dict[str, Any]:
    things = page("week_review")["things"]
    chosen = things.get(review.chosen, "")
    if review.chosen.startswith(ACTIVITY):
        id = review.chosen.removeprefix(ACTIVITY)
        chosen = things["activity"].format(name=found.names.get(id, id))
    one_thing = ". ".join(part for part in (chosen, review.own) if part)
    return {"monday": review.monday, "well": review.well, "one_thing": one_thing}


def _flare(story: Story) -> dict[str, Any]:
    words = page("flare_plan")["before"]
    return {
        "began": story.began,
        "before": [words[one.value] for one in Before if one in story.before],
        "words": story.words,
        "href": reverse("flare_look_back", args=[story.began.isoformat()]),
    }
