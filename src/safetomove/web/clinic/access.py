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

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse

from safetomove.services.clinic.refusals import (
    NoSuchClinic,
    NoSuchFollowUp,
    NoSuchGroup,
    NoSuchMember,
    NoSuchSession,
    NoSuchSyllabus,
    NotShared,
)
from safetomove.services.clinic.sharing import Item
from safetomove.services.clinic.staff import Desk, Role, desk
from safetomove.web.clinic.door import asked_again, sign_in_first

DeskView = Callable[..., HttpResponse]

NOT_HERE = (NoSuchClinic, NoSuchFollowUp, NoSuchGroup, NoSuchMember, NoSuchSession, NoSuchSyllabus)


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
    "clinic_people": Rule(roles=ANYONE),
    "clinic_person_add": Rule(roles=ANYONE),
    "clinic_people_import": Rule(roles=OFFICE),
    "clinic_people_import_confirm": Rule(roles=OFFICE),
    "clinic_person": Rule(roles=ANYONE),
    "clinic_person_change": Rule(roles=ANYONE),
    "clinic_person_invite": Rule(roles=ANYONE),
    "clinic_person_discharge": Rule(roles=OFFICE),
    "clinic_staff": Rule(roles=ANYONE),
    "clinic_staff_invite": Rule(roles=ADMINISTRATOR),
    "clinic_staff_change": Rule(roles=ADMINISTRATOR),
    "clinic_invitation_withdraw": Rule(roles=ADMINISTRATOR),
    "clinic_settings": Rule(roles=ADMINISTRATOR),
    "clinic_caseload": Rule(roles=CLINICAL),
    "clinic_catch_up": Rule(roles=CLINICAL),
    "clinic_summary": Rule(roles=CLINICAL),
    "clinic_summary_pdf": Rule(roles=CLINICAL),
    "clinic_letters": Rule(roles=PHYSIOTHERAPIST),
    "clinic_letter_pdf": Rule(roles=PHYSIOTHERAPIST),
    "clinic_person_notes": Rule(roles=CLINICAL),
    "clinic_person_plan": Rule(roles=PHYSIOTHERAPIST, item=Item.PLAN),
    "clinic_reports": Rule(roles=OFFICE),
    "clinic_report": Rule(roles=OFFICE),
    "clinic_report_csv": Rule(roles=OFFICE),
    "clinic_groups": Rule(roles=ANYONE),
    "clinic_group": Rule(roles=ANYONE),
    "clinic_group_new": Rule(roles=OFFICE),
    "clinic_group_change": Rule(roles=OFFICE),
    "clinic_group_end": Rule(roles=OFFICE),
    "clinic_group_add": Rule(roles=OFFICE),
    "clinic_group_enrol": Rule(roles=ANYONE),
    "clinic_group_place": Rule(roles=ANYONE),
    "clinic_group_withdraw": Rule(roles=ANYONE),
    "clinic_group_calendar": Rule(roles=ANYONE),
    "clinic_group_register": Rule(roles=ANYONE),
    "clinic_days_off": Rule(roles=OFFICE),
    "clinic_session": Rule(roles=OFFICE),
    "clinic_register": Rule(roles=ANYONE),
    "clinic_register_person": Rule(roles=ANYONE),
    "clinic_register_past": Rule(roles=ANYONE),
    "clinic_make_up": Rule(roles=ANYONE),
    "clinic_group_measures": Rule(roles=CLINICAL),
    "clinic_measures": Rule(roles=CLINICAL),  # without consent: what the clinic typed in
    "clinic_measure_paper": Rule(roles=CLINICAL),
    "clinic_measure_kept": Rule(roles=CLINICAL),
    "clinic_measure_withdraw": Rule(roles=CLINICAL),
    "clinic_instruments": Rule(roles=OFFICE),
    "clinic_instruments_load": Rule(roles=OFFICE),
    "clinic_instrument_remove": Rule(roles=OFFICE),
    "clinic_instrument_blank": Rule(roles=ANYONE),
    "clinic_syllabuses": Rule(roles=ANYONE),
    "clinic_syllabus": Rule(roles=ANYONE),
    "clinic_syllabus_copy": Rule(roles=PHYSIOTHERAPIST),
    "clinic_syllabus_session": Rule(roles=ANYONE),
    "clinic_syllabus_handout": Rule(roles=ANYONE),
    "clinic_syllabus_change": Rule(roles=PHYSIOTHERAPIST),
    "clinic_run": Rule(roles=CLINICAL),
    "clinic_run_taps": Rule(roles=CLINICAL),
    "clinic_run_safety": Rule(roles=CLINICAL),
    "clinic_run_clear": Rule(roles=PHYSIOTHERAPIST),
    "clinic_cards_stations": Rule(roles=CLINICAL),
    "clinic_cards_people": Rule(roles=CLINICAL),
    "clinic_incidents": Rule(roles=ANYONE),
    "clinic_incident_new": Rule(roles=ANYONE),
    "clinic_incident": Rule(roles=ANYONE),
    "clinic_messages": Rule(roles=CLINICAL),
    "clinic_thread": Rule(roles=CLINICAL),
    "clinic_group_message": Rule(roles=CLINICAL),
    "clinic_follow_ups": Rule(roles=ANYONE),
    "clinic_follow_up": Rule(roles=ANYONE),
    "clinic_fhir": Rule(roles=PHYSIOTHERAPIST),  # holds what is shared, item by item
}
"""Every page under /clinic/<clinic>/, by the name of its address."""


def guarded(view: DeskView, rule: Rule) -> Callable[..., HttpResponse]:
    """Let a view run for the staff that the rule names; it gets their desk as `at`."""

    @wraps(view)
    def opened(request: HttpRequest, clinic: UUID, **parts: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return sign_in_first(request)
        if (ask := asked_again(request)) is not None:
            return ask
        try:
            at = _desk(clinic, int(request.user.pk), rule)
            return view(request, at=at, **parts)
        except NOT_HERE:
            raise Http404 from None
        except NotShared:
            raise PermissionDenied from None

    return opened


def _desk(clinic: UUID, user_id: int, rule: Rule) -> Desk:
    at = desk(clinic=clinic, user_id=user_id)
    if at.staff.role not in rule.roles:
        raise PermissionDenied
    return at
