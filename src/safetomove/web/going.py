"""Where to go after something was sent."""

from django.http import HttpResponseRedirect
from django.urls import reverse


class SeeOther(HttpResponseRedirect):
    """A redirect that always turns into a GET, so that a reload sends nothing twice."""

    status_code = 303


def see(name: str, *args: object) -> SeeOther:
    """Send the browser on to a named page."""
    return SeeOther(reverse(name, args=args))
