"""Every address × who asks × what is shared gives exactly what the rule table says.

The addresses come from the URLconf itself. A new one fails here until it is put into a class
(below) or, in a clinic, into `access.RULES`; one that takes an object needs a sample of it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.conf import LazySettings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, path, reverse

from safetomove.content.course import ID as COURSE
from safetomove.core.course import Syllabus
from safetomove.core.measures import Answers
from safetomove.services import instruments, measures, people
from safetomove.services.clinic import (
    documents,
    enrolment,
    follow_up,
    follow_up_dates,
    groups,
    incidents,
    invitations,
    members,
    sharing,
    staff,
    syllabuses,
)
from safetomove.services.clinic.documents import Kind
from safetomove.services.clinic.members import Known
from safetomove.services.clinic.sharing import Item
from safetomove.services.clinic.staff import Role
from safetomove.web import middleware, urls
from safetomove.web.clinic.access import RULES, Rule
from tests.clinics import NOW, PASSWORD, Worker, a_clinic, a_member, a_worker, prove, signed_in
from tests.courses import a_group

pytestmark = pytest.mark.django_db

CLINIC = "clinic/<uuid:clinic>/"
METHODS = ("get", "post")

# --- The classes ------------------------------------------------------------------------
PUBLIC = middleware.PUBLIC | set(
    "healthz worker manifest offline_pack figure movement movements movement_print"
    " learn learn_differences lesson search trials breathe relax".split()
)
"""Nothing about anybody, or what the visitor's own browser brings; the same for all."""

OWN = set(
    "today something_different did felt treatment check_in safe_questions flare flare_now"
    " start start_goal start_now start_leave guide"
    " my_data export_csv export_json export_fhir import_diary confirm_import"
    " import_done erase erased"
    " learn_kept learn_buffer beliefs beliefs_answer pain_map pain_map_change scans"
    " scan_report scan_report_keep scan_report_kept scan_report_delete told told_one"
    " lesson_keep lesson_lists lesson_to_do"
    " move move_fit session session_now session_end ladder ladder_add ladder_try ladder_drop"
    " ladder_rung ladder_begin flare_plan flare_plan_change flare_plan_print flare_going"
    " flare_look_back progress progress_pain stay_well stay_well_change stay_well_print"
    " stay_well_alone week_review looked_back"
    " measures measure_fill measure measure_withdraw"
    " patterns patterns_turn experiments experiment_own tests_together experiment_plan"
    " experiment experiment_did experiment_end"
    " my_clinic_plan my_clinic_plan_no my_clinics my_clinics_join my_clinics_looked my_clinic"
    " my_clinic_leave my_clinic_messages"
    " my_course my_course_calendar my_course_link my_course_handout".split()
)
"""The visitor's own record, found by their session alone: no address names another person."""

ACCOUNT = set(
    "account mfa_index account_signup account_passkey account_join account_login account_logout"
    " account_logout_everywhere account_inactive account_reauthenticate"
    " account_change_password account_set_password mfa_list_webauthn mfa_add_webauthn"
    " mfa_login_webauthn mfa_reauthenticate_webauthn mfa_remove_webauthn clinic_join".split()
)
"""The account's own; an invitation to work is opened by its code."""

BY_SECRET = {"calendar_followed"}
"""Opened by whoever knows the secret in its address: a program that has no session."""

NEEDS_SIGN_IN = set(
    "account_join account_logout_everywhere account_reauthenticate account_change_password"
    " account_set_password mfa_add_webauthn mfa_remove_webauthn"
    " mfa_reauthenticate_webauthn".split()
)


def walk(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[tuple[str, str]]:
    """Yield each address, as it is written, and its name."""
    for each in patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from walk(each.url_patterns, route)
        else:
            yield route, each.name or ""


def unplaced(addresses: list[tuple[str, str]]) -> list[str]:
    """Say which addresses have no class, or more than one, and what to do about each."""
    wrong = []
    for route, name in addresses:
        classes = [name in each for each in (PUBLIC, OWN, ACCOUNT, BY_SECRET, RULES)]
        inside = route.startswith(CLINIC)
        if classes.count(True) != 1 or inside != (name in RULES):
            where = "access.RULES" if inside else "PUBLIC, OWN, ACCOUNT or BY_SECRET in this file"
            wrong.append(f"/{route} ({name}): put its name into {where}, and nowhere else")
    return wrong


ADDRESSES = list(walk(get_resolver().url_patterns))
IN_CLINIC = [(route, name) for route, name in ADDRESSES if route.startswith(CLINIC)]


def test_every_address_of_the_site_is_in_exactly_one_class() -> None:
    assert unplaced(ADDRESSES) == []


def test_every_rule_is_of_an_address_that_is_there() -> None:
    assert set(RULES) - {name for _, name in IN_CLINIC} == set()


def test_an_address_without_a_class_or_a_rule_would_be_seen() -> None:
    fakes = [path("secrets/", _bare, name="x"), path(f"{CLINIC}x/", _bare, name="clinic_x")]
    said = unplaced(list(walk(fakes)))
    assert len(said) == 2
    assert "access.RULES" in said[1]
    two = [("today/", "today"), (f"{CLINIC}today/", "today")]
    assert len(unplaced(two)) == 1


# --- A world in which everybody asks -----------------------------------------------------
@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """One clinic with staff in every role, somebody on its list, and what lies there."""

    clinic: UUID
    staff: dict[Role, Worker]
    member: UUID
    person: UUID
    group: UUID
    course: Syllabus

    @property
    def lead(self) -> Worker:
        """Return somebody who may make most things."""
        return self.staff[Role.PHYSIOTHERAPIST]


def a_house(name: str) -> House:
    """Build a clinic."""
    clinic = a_clinic(name)
    workers = {role: a_worker(clinic, role) for role in Role}
    at = workers[Role.PHYSIOTHERAPIST].at
    member = a_member(at, f"Somebody of {name}", *Item)
    person = members.member(at.held, member).person
    assert person is not None
    group = a_group(at)
    enrolment.enrol(at, group=group, member=member, now=NOW)
    course = syllabuses.copy(
        at, id=COURSE, version=1, title="Our own", client_key=uuid4().hex, now=NOW
    )
    return House(
        clinic=clinic, staff=workers, member=member, person=person, group=group, course=course
    )


def _invitation(house: House) -> UUID:
    at = house.staff[Role.ADMINISTRATOR].at
    invitations.invite(clinic=house.clinic, role=Role.ASSISTANT, now=NOW, by=at)
    return invitations.open_invitations(at, now=NOW)[0].id


def _typed_in(house: House) -> str:
    """Type in a paper form of the sampled person's, kept by the clinic itself."""
    own = members.member(house.lead.at.held, house.member)
    data = measures.to_keep(
        instruments.offered("own-numbers"),
        Answers(values={"pain": 4}),
        label=measures.Occasion.FIRST,
        day=NOW.date(),
        today=NOW.date(),
        by=house.lead.at.staff.actor,
    )
    name = uuid4().hex
    documents.put(house.lead.at.held, Kind.MEASURE, data, now=NOW, name=name, member=own.id)
    return name


def _follow_up(house: House) -> int:
    """Plan what a course that is long over calls for."""
    follow_up_dates.plan(house.lead.at.held, now=NOW + timedelta(days=200))
    found = follow_up.of_member(house.lead.at.held, house.member)
    return found[0].id


def _an_incident(house: House) -> UUID:
    told = incidents.Told(what="A slip", who="Nobody", done="Mopped", told="Nobody", happened=NOW)
    id = uuid4()
    incidents.write(house.lead.at, id=id, told=told, now=NOW)
    return id


SAMPLES: dict[str, Callable[[House], object]] = {
    "clinic": lambda house: house.clinic,
    "member": lambda house: house.member,
    "staff": lambda house: house.staff[Role.ASSISTANT].at.staff.id,
    "invitation": _invitation,
    "group": lambda house: house.group,
    "session": lambda house: groups.sessions(groups.group(house.lead.at.held, house.group))[0].id,
    "syllabus": lambda house: house.course.id,
    "version": lambda house: house.course.version,
    "number": lambda house: 1,
    "instrument": lambda house: "own-numbers",
    "kept": lambda house: _typed_in(house),
    "follow": lambda house: _follow_up(house),
    "incident": _an_incident,
}
"""One real object of a clinic for each name that an address of its uses."""

REFUSED_BY_TURN = {"clinic_group_place"}
"""Whoever has no turn in the group is refused so, of this clinic or another."""

COUNTS = {"version", "number", "instrument"}
"""What is the same at every clinic: what counts within an object, and the site's own."""


def parts_of(route: str) -> list[str]:
    """Return the names in an address, such as clinic and member."""
    return [part.split(">")[0].split(":")[-1] for part in route.split("<")[1:]]


def sampled(house: House, route: str) -> dict[str, object]:
    """Return what an address asks for, from one clinic."""
    found = {}
    for part in parts_of(route):
        if part not in SAMPLES:
            pytest.fail(f"/{route}: add a sample for {part!r} to SAMPLES in {__file__}")
        found[part] = SAMPLES[part](house)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Two clinics, and everybody who may come to the first."""

    ours: House
    theirs: House
    outside: dict[str, Client]  # signed in, with no role here now
    inside: dict[Role, Client]


@pytest.fixture
def world(settings: LazySettings) -> World:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    ours, theirs = a_house("Ours"), a_house("Theirs")
    ended = a_worker(ours.clinic, Role.ADMINISTRATOR)
    staff.end_role(ours.staff[Role.ADMINISTRATOR].at, staff=ended.at.staff.id, now=NOW)
    outside = {f"{role} elsewhere": signed_in(theirs.staff[role]) for role in Role}
    outside |= {"ended": signed_in(ended), "nobody": _account(None), "patient": _account(ours)}
    inside = {role: signed_in(worker) for role, worker in ours.staff.items()}
    return World(ours=ours, theirs=theirs, outside=outside, inside=inside)


def _account(house: House | None) -> Client:
    """Sign somebody in who has no role anywhere; a patient of the house where one is given."""
    user = get_user_model().objects.create_user(
        f"account-{get_user_model().objects.count()}", password=PASSWORD
    )
    if house is not None:
        person = people.start_for_user(user_id=user.pk, now=NOW)
        at = house.lead.at
        member = members.add_member(at, known=Known(name="A patient"), now=NOW)
        code = invitations.invite(clinic=house.clinic, role=None, now=NOW, by=at, member=member)
        invitations.accept_as_patient(code, person=person, now=NOW)
    client = Client()
    client.force_login(user)
    prove(client, user.pk)
    return client


def ask(
    client: Client, method: str, address: str, body: dict[str, object] | None = None
) -> HttpResponse:
    """Ask, and undo whatever that did."""
    with transaction.atomic():
        answer: HttpResponse = getattr(client, method)(address, body or {})
        transaction.set_rollback(True)
    return answer


def said(answer: HttpResponse) -> str:
    """Say what an answer amounts to."""
    if answer.status_code == 302 and answer["Location"].startswith(reverse("account_login")):
        return "sign in first"
    named = {403: "not yours", 404: "not here"}
    return named.get(answer.status_code) or (
        "opens" if answer.status_code < 500 else f"breaks: {answer.status_code}"
    )


def should(rule: Rule, role: Role | None, *, shared: bool) -> str:
    """Say what the rule table asks for."""
    if role is None:
        return "not here"
    if role not in rule.roles:
        return "not yours"
    return "opens" if rule.item is None or shared else "not yours"


def faults(world: World, route: str, name: str) -> list[str]:
    """Ask for one address as everybody, and list each answer that is not the rule's."""
    rule, address = RULES[name], reverse(name, kwargs=sampled(world.ours, route))
    about = {"member": world.ours.member, "group": world.ours.group}  # what forms may ask for
    wrong = []
    for method in METHODS:
        asked = [("guest", Client(), "sign in first")]
        asked += [(who, client, "not here") for who, client in world.outside.items()]
        asked += [
            (role.value, client, should(rule, role, shared=True))
            for role, client in world.inside.items()
        ]
        for who, client, due in asked:
            got = said(ask(client, method, address, about if method == "post" else {}))
            if got != due:
                wrong.append(f"{method} {address} as {who}: {got}, and should be: {due}")
    return wrong


def test_who_may_open_each_page_of_a_clinic_is_what_the_table_says(world: World) -> None:
    wrong = [each for route, name in IN_CLINIC for each in faults(world, route, name)]
    assert wrong == []


def test_an_object_of_another_clinic_is_not_here(world: World) -> None:
    wrong = [each for route, name in IN_CLINIC for each in strays(world, route, name)]
    assert wrong == []


def strays(world: World, route: str, name: str) -> list[str]:
    """Ask at our clinic for each object of theirs, and list what was answered but 404."""
    here, there = sampled(world.ours, route), sampled(world.theirs, route)
    client = world.inside[min(RULES[name].roles, key=list(Role).index)]
    wrong = []
    for part in set(here) - {"clinic"} - COUNTS:
        address = reverse(name, kwargs={**here, part: there[part]})
        got = [ask(client, method, address).status_code for method in METHODS]
        refused = {404, 405} | ({422} if name in REFUSED_BY_TURN else set())
        if not set(got) <= refused or set(got) == {405}:
            wrong.append(f"{address}, {part} of another clinic: {got}, and should be 404")
    return wrong


def _stop_sharing(house: House) -> None:
    sharing.share(person=house.person, member=house.member, items=frozenset(), now=NOW)


def _leave(house: House) -> None:
    sharing.leave(person=house.person, member=house.member, now=NOW)


def _discharge(house: House) -> None:
    members.discharge(house.lead.at, member=house.member, now=NOW)


@pytest.mark.parametrize("end", [_stop_sharing, _leave, _discharge])
def test_what_is_no_longer_shared_is_closed_on_every_page_that_needs_it(
    world: World, end: Callable[[House], None]
) -> None:
    end(world.ours)
    for route, name in IN_CLINIC:
        if "member" not in parts_of(route):
            continue
        address = reverse(name, kwargs=sampled(world.ours, route))
        for role, client in world.inside.items():
            got = said(ask(client, "get", address))
            assert got == should(RULES[name], role, shared=False), (address, role)


def test_somebody_else_s_clinics_are_not_mine_to_change(world: World) -> None:
    for name in ("my_clinic", "my_clinic_leave", "my_clinic_messages"):
        address = reverse(name, args=[world.ours.member])
        for who in (Client(), world.outside["patient"], world.outside["nobody"]):
            for method in METHODS:
                assert said(ask(who, method, address)) == "not here", (address, method)


def test_an_account_s_keys_ask_a_stranger_to_sign_in() -> None:
    for name in NEEDS_SIGN_IN:
        address = reverse(name, kwargs={"pk": 1} if name == "mfa_remove_webauthn" else {})
        for method in METHODS:
            assert said(ask(Client(), method, address)) == "sign in first", address


# --- Tests of this test ------------------------------------------------------------------
def _bare(request: HttpRequest, **_: object) -> HttpResponse:
    return HttpResponse("open to all")


urlpatterns = [path(f"{CLINIC}bare/", _bare, name="clinic_bare"), *urls.urlpatterns]


def test_a_page_that_forgot_its_guard_would_be_seen(
    world: World, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.ROOT_URLCONF = __name__
    monkeypatch.setitem(RULES, "clinic_bare", Rule(roles=frozenset(Role)))
    wrong = faults(world, f"{CLINIC}bare/", "clinic_bare")
    assert len(wrong) == len(METHODS) * (1 + len(world.outside))


def test_a_rule_that_says_too_much_would_be_seen(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(RULES, "clinic_settings", Rule(roles=frozenset(Role)))
    assert len(faults(world, f"{CLINIC}settings/", "clinic_settings")) == 2 * len(METHODS)


# --- A screen that was left open ---------------------------------------------------------
@pytest.mark.parametrize(
    ("minutes_ago", "looks", "saves"),
    [(14, True, True), (16, False, True), (61, False, False)],
)
def test_a_desk_left_alone_asks_again_but_keeps_what_was_typed(
    world: World, minutes_ago: int, looks: bool, saves: bool
) -> None:
    worker = world.ours.staff[Role.ADMINISTRATOR]
    client = signed_in(worker)
    prove(client, worker.user_id, seconds_ago=timedelta(minutes=minutes_ago).total_seconds())
    address = reverse("clinic_person_add", args=[world.ours.clinic])
    again = reverse("account_reauthenticate")
    for method, may in (("get", looks), ("post", saves)):
        answer = ask(client, method, address)
        assert (answer.get("Location", "").startswith(again)) is not may


def test_a_desk_in_use_is_not_asked(world: World) -> None:
    worker = world.ours.staff[Role.ADMINISTRATOR]
    client, address = signed_in(worker), reverse("clinic_home", args=[world.ours.clinic])
    prove(client, worker.user_id, seconds_ago=600)
    assert client.get(address).status_code == 200  # this touch is noted
    prove(client, worker.user_id, seconds_ago=1200)
    assert client.get(address).status_code == 200


def test_a_script_is_told_plainly_that_somebody_must_come_back(world: World) -> None:
    worker = world.ours.staff[Role.ADMINISTRATOR]
    address = reverse("clinic_home", args=[world.ours.clinic])
    alone = signed_in(worker)
    prove(alone, worker.user_id, seconds_ago=7200)
    for client in (Client(), alone):
        assert client.post(address, headers={"accept": "application/json"}).status_code == 401


def test_twelve_hours_are_the_most_however_busy(world: World) -> None:
    worker = world.ours.staff[Role.ADMINISTRATOR]
    client = signed_in(worker)
    prove(client, worker.user_id, seconds_ago=timedelta(hours=12, minutes=1).total_seconds())
    session = client.session
    session["desk"] = 2**33  # touched this very moment
    session.save()
    answer = ask(client, "get", reverse("clinic_home", args=[world.ours.clinic]))
    assert answer["Location"].startswith(reverse("account_reauthenticate"))
