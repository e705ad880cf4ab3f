"""The addresses of a clinic's pages; each has its rule in `access.RULES`."""

from django.urls import URLPattern, path

from safetomove.web.clinic import home_views
from safetomove.web.clinic.access import RULES, DeskView, guarded


def at(route: str, view: DeskView, name: str) -> URLPattern:
    """Return the address of a page inside one clinic; KeyError where it has no rule."""
    return path(f"<uuid:clinic>/{route}", guarded(view, RULES[name]), name=name)


urlpatterns = [
    at("", home_views.home, "clinic_home"),
]
