"""Who may open which page of a clinic: one table, and the one door that reads it.

A page of a clinic can't be had without a line in RULES: `urls.at` asks for it. Somebody
without a role at the clinic gets 404, as for a clinic that isn't there; a role that may
not gets 403; what the person does not share is refused by `services.clinic.seeing`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse

from safetomove.services.clinic.refusals import NoSuchClinic, NoSuchMember, NotShared
from safetomove.services.clinic.sharing import Item
from safetomove.services.clinic.staff import Desk, Role, desk

DeskView = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Which roles may open a page, and what the person must share for it (None: nothing)."""

    roles: frozenset[Role]
    item: Item | None = None


ANYONE = frozenset(Role)
CLINICAL = frozenset({Role.PHYSIOTHERAPIST, Role.ASSISTANT})
PHYSIOTHERAPIST = frozenset({Role.PHYSIOTHERAPIST})
OFFICE = frozenset({Role.PHYSIOTHERAPIST, Role.ADMINISTRATOR})
ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})

RULES: dict[str, Rule] = {
    "clinic_home": Rule(roles=ANYONE),
}
"""Every page under /clinic/<clinic>/, by the name of its address."""


def guarded(view: DeskView, rule: Rule) -> Callable[..., HttpResponse]:
    """Let a view run for the staff that the rule names; it gets their desk as `at`."""

    @wraps(view)
    def opened(request: HttpRequest, clinic: UUID, **parts: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        try:
            at = _desk(clinic, int(request.user.pk), rule)
            return view(request, at=at, **parts)
        except (NoSuchClinic, NoSuchMember):
            raise Http404 from None
        except NotShared:
            raise PermissionDenied from None

    return opened


def _desk(clinic: UUID, user_id: int, rule: Rule) -> Desk:
    at = desk(clinic=clinic, user_id=user_id)
    if at.staff.role not in rule.roles:
        raise PermissionDenied
    return at
