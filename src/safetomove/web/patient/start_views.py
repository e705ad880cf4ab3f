"""Choose something to get back to, and find where to start with it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from safetomove.core.errors import BadInput
from safetomove.core.pacing import ActivityPlan
from safetomove.services import plans
from safetomove.web import who
from safetomove.web.patient import start_forms, start_page
from safetomove.web.patient.keeping import saving, see, todays
from safetomove.web.patient.start_forms import OWN
from safetomove.web.patient.words import origin, page, ready_made


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Ask what the person misses doing; the choice alone is not yet kept."""
    known = todays(request, who.now(request))
    mine = known.record.plans if known else ()
    words, wrong, status = page("start")["choose"], "", 200
    if request.method == "POST":
        chosen = request.POST.get("activity", "")
        if chosen == OWN or chosen in ready_made():
            return see("start_goal", chosen)
        wrong, status = words["missing"], 422
    shown = start_page.choices(mine) | {"w": page("start"), "wrong": wrong}
    return render(request, "patient/start.jinja", shown, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def goal(request: HttpRequest, activity: str) -> HttpResponse:
    """Ask for the goal; keep the activity, or the change to it."""
    now = who.now(request)
    known = todays(request, now)
    plan = start_page.plan_of(known, activity)
    if plan is None and activity != OWN and activity not in ready_made():
        raise Http404
    if request.method != "POST":
        return _goal_page(request, start_page.goal_form(activity, plan))
    sent = start_forms.parse_goal(request.POST, ready_made().get(activity), plan)
    if sent.errors:
        return _goal_page(request, start_page.goal_typed(activity, plan, sent), status=422)
    if plan is not None:
        person = who.person_or_new_guest(request, now)
        plans.change_plan(person=person, plan=sent.onto(plan), now=now)
        return see("today", query="saved=kept")
    id = activity if activity != OWN else start_forms.own_id(request.POST.get("key", ""))
    if start_page.plan_of(known, id) is not None:  # a second tap: it is on the list already
        return see("start_now", id)
    new = sent.new(id, started=known.local_day if known else who.today_of(request))
    try:
        saving(request, now, lambda person: plans.choose_activity(person=person, plan=new, now=now))
    except BadInput:
        sent.errors.append(("goal", page("start")["choose"]["full"]))
        return _goal_page(request, start_page.goal_typed(activity, plan, sent), status=422)
    return see("start_now", id)


@require_http_methods(["GET", "HEAD", "POST"])
def what_now(request: HttpRequest, activity: str) -> HttpResponse:
    """Ask what can be done now; each answer is one try."""
    now = who.now(request)
    plan = start_page.plan_of(todays(request, now), activity)
    if plan is None:
        raise Http404
    if request.method != "POST":
        return _now_page(request, plan)
    typed = request.POST.get("amount", "")
    amount = start_forms.parse_above_nought(typed)
    if amount is None:
        return _now_page(request, plan, typed=typed, wrong=page("start")["errors"]["now"])
    if request.POST.get("seen") == str(len(plan.tries)) and not start_page.settled(plan):
        person = who.person_or_new_guest(request, now)
        plans.add_try(person=person, activity=activity, amount=amount, now=now)
    return see("today", query="saved=try")


@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, activity: str) -> HttpResponse:
    """Ask once more, then take an activity off the list; its past is kept."""
    now = who.now(request)
    plan = start_page.plan_of(todays(request, now), activity)
    if plan is None:
        if request.method == "POST":  # a second tap: it has been left already
            return see("today", query="saved=left")
        raise Http404
    if request.method != "POST":
        return render(request, "patient/leave.jinja", {"w": page("start"), "plan": plan})
    plans.leave_activity(person=who.person_or_new_guest(request, now), activity=activity, now=now)
    return see("today", query="saved=left")


def _goal_page(request: HttpRequest, form: dict[str, object], status: int = 200) -> HttpResponse:
    shown = {"w": page("start"), "form": form}
    return render(request, "patient/goal.jinja", shown, status=status)


def _now_page(
    request: HttpRequest, plan: ActivityPlan, *, typed: str = "", wrong: str = ""
) -> HttpResponse:
    form = start_page.now_form(plan, typed)
    shown = {"w": page("start"), "origin": origin("start"), "form": form, "wrong": wrong}
    return render(request, "patient/now.jinja", shown, status=422 if wrong else 200)
