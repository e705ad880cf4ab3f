"""Asha's visits to her own pages: what a browser would keep and send back."""

import re
from datetime import UTC, date, datetime
from uuid import UUID

from django.http import HttpResponse
from django.test import Client

from safetomove.services import people, plans, safety_check
from tests.people import all_clear, walking

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
TODAY = NOW.date()
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


def cleared(client: Client, *, now: datetime = NOW, zone: str = "Europe/London") -> UUID:
    """Keep somebody who walks and has no warning sign, and open the site as them."""
    person = people.start_guest(now=now, zone=zone)
    today = people.local_day(now=now, zone=zone)
    safety_check.save_answers(person=person, answers=all_clear(given_on=today), now=now)
    plans.choose_activity(person=person, plan=walking(started=today), now=now)
    come_as(client, person)
    return person


def come_as(client: Client, person: UUID) -> None:
    """Give the browser the session of somebody who is kept."""
    session = client.session
    session[people.SESSION_KEY] = str(person)
    session.save()


def text_of(answer: HttpResponse) -> str:
    """Return what a person reads in the main part, in one line."""
    main = answer.content.decode().split("<main", 1)[1].split("</main>")[0]
    words = re.sub(r"<svg.*?</svg>|<[^>]+>", " ", main, flags=re.S)
    return re.sub(r"\s+", " ", words).replace("&#39;", "’")


def form_for(answer: HttpResponse, action: str) -> dict[str, str]:
    """Return the hidden fields of the form that is sent to `action`."""
    form = answer.content.decode().split(f'action="{action}"', 1)[1].split("</form>")[0]
    return {name: value for name, value in HIDDEN.findall(form) if name != "csrfmiddlewaretoken"}


def check_in(client: Client, *, day: date = TODAY, **answers: str) -> HttpResponse:
    """Send a check-in as a form opened now would."""
    hidden = form_for(client.get("/check-in/"), "/check-in/")
    return client.post("/check-in/", {**hidden, "day": day.isoformat(), "had": "", **answers})
