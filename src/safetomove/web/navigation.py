"""The places a person can go from every page: the one list that header and footer share."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One link. `path` is absolute and ends with a slash."""

    label: str | Promise
    path: str

    def __post_init__(self) -> None:
        if not (self.path.startswith("/") and self.path.endswith("/")):
            raise ValueError(f"a place needs a path such as /today/, not {self.path!r}")

    def holds(self, path: str) -> bool:
        """Say whether a page's path lies in this place."""
        return path == self.path or (self.path != "/" and path.startswith(self.path))


HOME = Place(label="Safe to Move", path="/")
HELP_NOW = Place(label=_("Get help now"), path="/help-now/")

MAIN_PLACES = (
    Place(label=_("Is it safe?"), path="/safe/"),
    Place(label=_("Today"), path="/today/"),
    Place(label=_("Make sense"), path="/learn/"),
    Place(label=_("Move"), path="/move/"),
    Place(label=_("Patterns"), path="/patterns/"),
    Place(label=_("My data"), path="/my-data/"),
    Place(label=_("About"), path="/about/"),
)
"""The header, in order. A place is listed once it exists, and not before."""

FOOT_PLACES = (
    Place(label=_("More help"), path="/more-help/"),
    Place(label=_("Where our facts come from"), path="/evidence/"),
    Place(label=_("How we test our rule"), path="/how-we-test/"),
    Place(label=_("Your data"), path="/privacy/"),
    Place(label=_("Accessibility"), path="/accessibility/"),
    Place(label=_("Safety record"), path="/safety-record/"),
)
