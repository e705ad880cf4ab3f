"""Every movement, every tag, every screen: one table says what fits, and no screen says otherwise.

The table is made by `suits` in core alone. The screens are read from the site's addresses: an
address of Move that nothing below looks at is a failure.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from html import unescape
from itertools import product
from uuid import UUID

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from safetomove.content import lessons, movements, told
from safetomove.content.movements import Movement
from safetomove.core.diary import CheckIn
from safetomove.core.doing import (
    HEALTH,
    SHAPES,
    Abilities,
    AboutPerson,
    Item,
    Kit,
    MoveSession,
    Suitability,
    Tag,
    Verdict,
    suits,
)
from safetomove.core.ladder import RUNGS_TOP, Expected, Ladder, Rung, Try
from safetomove.core.safety import Answer
from safetomove.services import (
    check_in,
    documents,
    move_fit,
    move_sessions,
    people,
    plans,
    safety_check,
)
from safetomove.services.documents import Kind
from safetomove.services.holding import hold
from safetomove.web import who
from safetomove.web.patient.move import urls as move_urls
from tests.people import all_clear, walking
from tests.web.visits import NOW, TODAY, cleared, come_as, form_for

pytestmark = pytest.mark.django_db

EVERY = movements.load()
LINK = re.compile(r"/move/movements/([\w-]+)/")
FIGURE = re.compile(r"/move/figures/([\w-]+)/")
PAUSED = frozenset({Tag.PREGNANCY, Tag.RECENT_SURGERY})  # a yes leads to a person, not to a session


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(who, "now", lambda request=None: NOW)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Somebody who answered everything, said yes to one thing, and has all that can be had."""

    tag: Tag
    person: UUID
    client: Client
    table: Mapping[str, Suitability]

    @property
    def listed(self) -> set[str]:
        """The movements that any screen may hold."""
        return {id for id, fit in self.table.items() if fit.listed}

    @property
    def unfit(self) -> dict[str, Movement]:
        """The movements of which no screen may hold anything but why not."""
        return {id: EVERY[id] for id, fit in self.table.items() if not fit.listed}

    def get(self, path: str, **query: str) -> HttpResponse:
        """Open a page."""
        return self.client.get(path, query)


@pytest.fixture(params=Tag)
def visitor(request: pytest.FixtureRequest, client: Client, _clock: None) -> Visitor:
    """Come as somebody with a yes to one tag."""
    tag = request.param
    person = people.start_guest(now=NOW)
    clear = all_clear(given_on=TODAY)
    health = {HEALTH[tag]: Answer.YES} if tag in HEALTH else {}
    answers = replace(clear, context=replace(clear.context, **health))
    safety_check.save_answers(person=person, answers=answers, now=NOW)
    plans.choose_activity(person=person, plan=walking(started=TODAY), now=NOW)
    tell(person, *({tag} - set(HEALTH)))
    come_as(client, person)
    about = AboutPerson(told=dict.fromkeys(Tag, Answer.NO) | {tag: Answer.YES}, kit=frozenset(Kit))
    table = {id: suits(movement.tags, about) for id, movement in EVERY.items()}
    return Visitor(tag=tag, person=person, client=client, table=table)


def tell(person: UUID, *hard: Tag) -> None:
    """Say in Move that these are hard, and that all else is not."""
    trouble = {tag: Answer.YES if tag in hard else Answer.NO for tag in Tag if tag not in HEALTH}
    abilities = Abilities(trouble=trouble, kit=frozenset(Kit))
    move_fit.keep_abilities(person=person, abilities=abilities, now=NOW)


def main_of(answer: HttpResponse) -> str:
    return unescape(answer.content.decode().split("<main", 1)[1].split("</main>")[0])


def tells_how(movement: Movement, page: str) -> bool:
    """Say whether a page holds any of how a movement is done, in words or in a picture."""
    words = (*movement.steps, *(level.how for level in movement.levels))
    text = re.sub(r"\s+", " ", page)
    return any(line in text for line in words) or f"/move/figures/{movement.id}/" in page


def holds_only_what_fits(answer: HttpResponse, by: Visitor, path: str) -> None:
    """Fail where a page leads to, draws or tells a movement that does not fit."""
    if answer.status_code != 200 or "text/html" not in answer["Content-Type"]:
        assert answer.status_code in {200, 302, 303, 404, 405}, (path, answer.status_code)
        return
    page = main_of(answer)
    assert set(LINK.findall(page)) <= by.listed, path
    assert set(FIGURE.findall(page)) <= by.listed, path
    assert [id for id, each in by.unfit.items() if tells_how(each, page)] == [], path


# --- Screens ------------------------------------------------------------------------------------


def list_of_all(by: Visitor) -> None:
    page = main_of(by.get("/move/movements/"))
    assert set(LINK.findall(page)) == set(FIGURE.findall(page)) == by.listed
    first = [fit for fit in by.table.values() if fit.verdict is Verdict.CLINICIAN]
    assert page.count("With your physio first") == len(first)


def search_in_the_list(by: Visitor) -> None:
    for id, movement in EVERY.items():
        found = set(LINK.findall(main_of(by.get("/move/movements/", q=movement.title))))
        assert found <= by.listed, id
        assert (id in found) == (id in by.listed), id


def search_of_the_site(by: Visitor) -> None:
    for id, movement in EVERY.items():
        found = set(LINK.findall(main_of(by.get("/search/", q=movement.title))))
        assert found <= by.listed, id
        assert (id in found) == (id in by.listed), id


def direct_link(by: Visitor, name: str = "movement") -> None:
    for id, movement in EVERY.items():
        page = main_of(by.get(reverse(name, args=[id]), level="2"))
        assert tells_how(movement, page) == (id in by.listed), id
        if by.table[id].verdict is Verdict.CLINICIAN:
            assert page.index("With your physio first") < page.index(movement.steps[0]), id
        led = set(LINK.findall(page)) - {id}
        assert led <= by.listed, id
        if id in by.unfit:
            assert "you told us about" in page, id
            assert {by.table[other].verdict for other in led} == {Verdict.ALLOWED}, id


def print_page(by: Visitor) -> None:
    direct_link(by, "movement_print")


def figure_file(by: Visitor) -> None:
    for id, movement in EVERY.items():
        levels = range(1, len(movement.levels) + 1) if id in by.unfit else (1,)
        for level, kind in product(levels, ("still", "moving", "strip")):
            answer = by.get(reverse("figure", args=[id, level, kind]))
            assert answer.status_code == (200 if id in by.listed else 404), (id, kind)
            assert "public" not in answer.headers.get("Cache-Control", "")


def what_suits_me(by: Visitor) -> None:
    holds_only_what_fits(by.get("/move/fit/"), by, "/move/fit/")


def offers_of_a_session(by: Visitor) -> None:
    for minutes in SHAPES:
        shown = by.get("/move/session/")
        if by.tag in PAUSED:
            assert "Start</button>" not in main_of(shown)
            continue
        hidden = form_for(shown, "/move/session/")
        by.client.post("/move/session/", {**hidden, "minutes": str(minutes)})
        kept = move_sessions.latest(person=by.person)
        assert kept is not None
        assert kept.session.minutes == minutes
        assert all(by.table[item.movement].certain for item in kept.session.items)


def player(by: Visitor) -> None:
    for id, movement in EVERY.items():
        open_session(by.person, movement)
        shown = by.get("/move/session/now/")
        if by.tag in PAUSED:
            assert (shown.status_code, shown["Location"]) == (303, "/move/session/")
            continue
        certain = by.table[id].certain
        assert tells_how(movement, main_of(shown)) == certain, id
        if certain:
            continue
        sent = press(by, "harder")
        assert not tells_how(movement, main_of(by.get(sent["Location"]))), id
        press(by, "swap")
        other = at_hand(by)
        assert other != id
        assert by.table[other].certain, (id, other)
        assert tells_how(EVERY[other], main_of(by.get("/move/session/now/"))), other


def end_of_a_session(by: Visitor) -> None:
    for movement in by.unfit.values():
        open_session(by.person, movement)
        move_sessions.do(
            person=by.person, id=f"with-{movement.id}", seen=1, deed=move_sessions.Deed.END,
            seconds=None, now=NOW,
        )  # fmt: skip
        holds_only_what_fits(by.get("/move/session/end/"), by, movement.id)


def ladder(by: Visitor) -> None:
    for few in batches(tuple(EVERY.values())):
        put_up(by.person, few)
        page = main_of(by.get("/move/ladder/"))
        assert page.count("This one waits") == sum(each.id in by.unfit for each in few)
        holds_only_what_fits(by.get("/move/ladder/"), by, "ladder")


def rung(by: Visitor) -> None:
    for few in batches(tuple(EVERY.values())):
        put_up(by.person, few)
        for movement in few:
            at = reverse("ladder_rung", args=[f"rung-{movement.id}"])
            page = main_of(by.get(at))
            assert not tells_how(movement, page)
            offered = movement.id in by.listed and by.tag not in PAUSED
            assert (f'href="{at}try/"' in page) == offered, movement.id
            in_session = by.table[movement.id].certain and by.tag not in PAUSED
            assert ("/move/session/?first=" in page) == in_session, movement.id
            if not offered:
                assert by.get(f"{at}try/").status_code == 303, movement.id


def try_left_open(by: Visitor) -> None:
    for few in batches(tuple(by.unfit.values())):
        put_up(by.person, few)
        for movement in few:
            name = f"{TODAY.isoformat()}-try-of-{movement.id}"
            put_try(by.person, movement, name)
            page = main_of(by.get(reverse("ladder_try", args=[name])))
            assert not tells_how(movement, page), movement.id
            assert "How to do it" not in page
            assert set(LINK.findall(page)) <= {movement.id}


def new_rung(by: Visitor) -> None:
    put_up(by.person, ())
    page = main_of(by.get("/move/ladder/add/"))
    assert set(re.findall(r'name="movement"[^>]*value="([\w-]+)"', page)) <= by.listed
    assert {id for id in EVERY if f'value="{id}"' in page} == by.listed


def plain(name: str, *args: str) -> Callable[[Visitor], None]:
    """Look at a page that should hold no movement at all, or only those that fit."""

    def look(by: Visitor) -> None:
        path = reverse(name, args=args)
        holds_only_what_fits(by.get(path), by, path)

    return look


MOVE_SCREENS: Mapping[str, Callable[[Visitor], None]] = {
    "move": plain("move"),
    "movements": list_of_all,
    "movement": direct_link,
    "movement_print": print_page,
    "figure": figure_file,
    "move_fit": what_suits_me,
    "session": offers_of_a_session,
    "session_now": player,
    "session_end": end_of_a_session,
    "breathe": plain("breathe"),
    "relax": plain("relax", "old-path"),
    "flare_plan": plain("flare_plan"),
    "flare_plan_change": plain("flare_plan_change"),
    "flare_plan_print": plain("flare_plan_print"),
    "flare_going": plain("flare_going"),
    "flare_look_back": plain("flare_look_back", TODAY.isoformat()),
    "ladder": ladder,
    "ladder_add": new_rung,
    "ladder_try": try_left_open,
    "ladder_drop": plain("ladder_drop", "no-such-try"),
    "ladder_rung": rung,
    "ladder_begin": rung,
    "progress": plain("progress"),
    "progress_pain": plain("progress_pain"),
    "stay_well": plain("stay_well"),
    "stay_well_change": plain("stay_well_change"),
    "stay_well_print": plain("stay_well_print"),
    "stay_well_alone": plain("stay_well_alone"),
    "week_review": plain("week_review"),
    "looked_back": plain("looked_back"),
}
OTHER_SCREENS = {"search in the list": search_in_the_list, "search": search_of_the_site}
LOOKS = dict.fromkeys((*MOVE_SCREENS.values(), *OTHER_SCREENS.values()))


def test_every_address_of_move_is_looked_at() -> None:
    names = {each.name for each in move_urls.urlpatterns}
    assert names - set(MOVE_SCREENS) == set(), "add to MOVE_SCREENS; plain(name) for most pages"
    assert set(MOVE_SCREENS) - names == set(), "gone from the site"


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.__qualname__.split(".")[0])
def test_each_screen_shows_what_the_one_table_says(
    visitor: Visitor, look: Callable[[Visitor], None]
) -> None:
    look(visitor)


def test_no_page_of_the_whole_site_holds_what_does_not_fit(visitor: Visitor) -> None:
    note = CheckIn(day=TODAY, flare=True, note="Had a massage today.")
    check_in.save_check_in(person=visitor.person, check_in=note, client_key="k" * 20, now=NOW)
    for path in (*plain_addresses(), *with_an_argument()):
        holds_only_what_fits(visitor.get(path), visitor, path)
    for asked in ("bend", "lie on the floor", "kneel", "ball", "balance", "exercises"):
        holds_only_what_fits(visitor.get("/search/", q=asked), visitor, asked)


# --- With no network ----------------------------------------------------------------------------


def pack(client: Client) -> dict[str, object]:
    return json.loads(client.get("/offline/pack.json").content)["movements"]


def test_the_pack_holds_what_the_table_says_and_its_pages_hold_no_more(visitor: Visitor) -> None:
    urls = pack(visitor.client)["urls"]
    assert isinstance(urls, list)
    assert set(LINK.findall(" ".join(urls))) == visitor.listed
    assert set(FIGURE.findall(" ".join(urls))) == visitor.listed
    for path in urls:
        answer = visitor.get(path)
        if not path.startswith("/static/"):
            assert answer.status_code == 200, path
            own = LINK.match(path) is not None
            if not own and not FIGURE.match(path):
                holds_only_what_fits(answer, visitor, path)
    assert not LINK.search(visitor.get("/sw.js").content.decode())
    assert not LINK.search(main_of(visitor.get("/offline/")))


def test_another_answer_gives_the_pack_another_name_and_the_same_one_keeps_it(
    visitor: Visitor,
) -> None:
    before = pack(visitor.client)
    assert pack(visitor.client) == before
    new = Tag.FLOOR if visitor.tag is not Tag.FLOOR else Tag.BALANCE
    tell(visitor.person, *({visitor.tag} - set(HEALTH)), new)
    after = pack(visitor.client)
    assert after["token"] != before["token"]
    assert set(after["urls"]) < set(before["urls"])  # type: ignore[call-overload]


def test_a_worry_about_safety_gives_the_pack_another_name(client: Client) -> None:
    person = cleared(client)
    before = pack(client)["token"]
    safety_check.say_something_is_different(person=person, now=NOW)
    assert pack(client)["token"] != before


def test_the_pack_lasts_no_longer_than_the_answers(visitor: Visitor) -> None:
    assert pack(visitor.client)["until"] == "2026-12-23"  # four weeks after they were given


def test_a_stranger_gets_every_movement_with_its_questions_and_pictures_to_share(
    client: Client,
) -> None:
    assert set(LINK.findall(" ".join(pack(client)["urls"]))) == set(EVERY)  # type: ignore[arg-type]
    for id, movement in EVERY.items():
        page = main_of(client.get(f"/move/movements/{id}/"))
        assert ("Check first" in page) == bool(movement.tags), id
        answer = client.get(f"/move/figures/{id}/1/still.svg")
        assert "public" in answer["Cache-Control"]
        assert "Cookie" in answer["Vary"]


def test_a_picture_is_not_sent_again_while_it_still_fits(visitor: Visitor) -> None:
    path = "/move/figures/sitting-breath/1/still.svg"
    name = visitor.get(path)["ETag"]
    again = visitor.client.get(path, headers={"If-None-Match": name})
    assert (again.status_code, again.content) == (304, b"")
    for id in visitor.unfit:
        path = f"/move/figures/{id}/1/still.svg"
        assert visitor.client.get(path, headers={"If-None-Match": "*"}).status_code == 404


# --- How the visits are set up ------------------------------------------------------------------


def plain_addresses() -> list[str]:
    """Return every address of the site that takes no argument."""
    found = sorted(set(_plain(get_resolver().url_patterns, "")))
    return [path for path in found if not path.startswith(("/account/", "/healthz"))]


def _plain(patterns: list[URLPattern | URLResolver], before: str) -> list[str]:
    found: list[str] = []
    for each in patterns:
        here = before + str(each.pattern)
        if isinstance(each, URLResolver):
            found += _plain(each.url_patterns, here)
        elif not re.search(r"[<(^$?*]", here):
            found.append(f"/{here}")
    return found


def with_an_argument() -> list[str]:
    """Return pages of each kind that takes one."""
    return [
        *(reverse("lesson", args=[id]) for id in lessons.load().lessons),
        *(reverse("told_one", args=[one.id]) for one in told.messages()),
        *(reverse(name, args=["walking"]) for name in ("start_goal", "start_now", "start_leave")),
        reverse("did", args=["walking"]),
        reverse("check_in", args=[TODAY.isoformat()]),
    ]


def open_session(person: UUID, movement: Movement) -> None:
    """Leave a session open that holds one movement, as if it had been begun before the answers."""
    item = Item(
        movement=movement.id, level=1, levels=len(movement.levels), part=min(movement.parts),
        work_s=40, rest_s=10,
    )  # fmt: skip
    session = MoveSession(id=f"with-{movement.id}", day=TODAY, minutes=5, items=(item,))
    put(person, Kind.MOVE_SESSION, session.to_json(), session.id)
    says = {"version": move_sessions.SHAPE, "session": session.id}
    put(person, Kind.MOVE_SESSION, says, move_sessions.LATEST)


def put_up(person: UUID, few: tuple[Movement, ...]) -> None:
    """Make a ladder of these movements and nothing else."""
    rungs = (Rung(id=f"rung-{each.id}", worry=3, added=TODAY, movement=each.id) for each in few)
    put(person, Kind.LADDER, Ladder(rungs=tuple(rungs)).to_json(), "")


def put_try(person: UUID, movement: Movement, name: str) -> None:
    expected = Expected(what="It will hurt", likely=50, bad=5)
    one = Try(
        name=name, rung=f"rung-{movement.id}", begun=TODAY, expected=expected, worry=3, where=""
    )
    put(person, Kind.LADDER_TRY, one.to_json(), name)


def put(person: UUID, kind: Kind, data: dict[str, object], name: str) -> None:
    with transaction.atomic():
        documents.put(hold(person), kind, data, now=NOW, name=name)


def press(by: Visitor, deed: str) -> HttpResponse:
    kept = move_sessions.latest(person=by.person)
    assert kept is not None
    sent = {"id": kept.session.id, "seen": str(kept.seen), "deed": deed}
    answer = by.client.post("/move/session/now/", sent)
    assert answer.status_code == 303
    return answer


def at_hand(by: Visitor) -> str:
    kept = move_sessions.latest(person=by.person)
    assert kept is not None
    return kept.session.items[0].movement


def batches(every: tuple[Movement, ...]) -> list[tuple[Movement, ...]]:
    return [every[at : at + RUNGS_TOP] for at in range(0, len(every), RUNGS_TOP)]
