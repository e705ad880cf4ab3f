"""What staff do with their clinic's list, its staff and its settings; and the person's side."""

import re
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from safetomove.records.models import MemberRow
from safetomove.services.clinic import finding, members, seeing, sharing, staff
from safetomove.services.clinic.members import Known
from safetomove.services.clinic.sharing import Item
from safetomove.services.clinic.staff import Role
from tests.clinics import NOW, Worker, a_clinic, a_member, a_worker, signed_in
from tests.web.visits import come_as, form_for, text_of

pytestmark = pytest.mark.django_db

LINK = re.compile(r'href="(http://testserver/[^"]*code=[^"]+)"')


@pytest.fixture
def boss() -> Worker:
    return a_worker(a_clinic(), Role.ADMINISTRATOR)


def page(worker: Worker, name: str, *args: object) -> str:
    return reverse(name, args=[worker.at.held.clinic, *args])


def add(worker: Worker, **typed: str) -> object:
    client, address = signed_in(worker), page(worker, "clinic_person_add")
    return client.post(address, form_for(client.get(address), address) | typed)


def test_somebody_is_added_once_however_often_the_form_is_sent(boss: Worker) -> None:
    client, address = signed_in(boss), page(boss, "clinic_person_add")
    form = form_for(client.get(address), address)
    typed = form | {"name": " Amina  Begum ", "born": "24 3 1972", "number": "943 476 5919"}
    first, second = client.post(address, typed), client.post(address, typed)
    assert first.status_code == second.status_code == 303
    [amina] = members.members(boss.at.held)
    assert (amina.name, str(amina.known.born)) == ("Amina Begum", "1972-03-24")
    shown = text_of(client.get(first["Location"]))
    assert "Amina Begum" in shown
    assert "born 24 March 1972" in shown
    assert "943 476 5919" in shown


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""}, {"name": "a\x00b"}, {"name": "x" * 81}, {"born": "31 2 1972"},
        {"born": "1 1 2999"}, {"born": "1 1 1850"}, {"number": "9434765918"},
        {"number": "12"}, {"contact": "x" * 201},
    ],
)  # fmt: skip
def test_what_can_t_be_kept_is_said_beside_its_field_and_nothing_is_written(
    boss: Worker, wrong: dict[str, str]
) -> None:
    answer = add(boss, **({"name": "Amina", "contact": "by post"} | wrong))
    assert answer.status_code == 422
    assert f'id="{next(iter(wrong))}-error"' in answer.content.decode()
    assert not MemberRow.objects.exists()


def test_somebody_alike_is_pointed_at_and_never_merged(boss: Worker) -> None:
    typed = {"name": "Amina Begum", "born": "24 3 1972"}
    add(boss, **typed)
    again = add(boss, **typed)
    assert again.status_code == 422
    assert "Is this somebody else?" in text_of(again)
    assert add(boss, **typed, other="yes").status_code == 303
    assert MemberRow.objects.count() == 2


def test_one_health_number_is_one_person(boss: Worker) -> None:
    add(boss, name="Amina", number="9434765919")
    answer = add(boss, name="Somebody else", number="943-476-5919", other="yes")
    assert answer.status_code == 422
    assert MemberRow.objects.count() == 1


def test_a_change_made_meanwhile_is_not_written_over(boss: Worker) -> None:
    id = a_member(boss.at, "Amina", joined=False)
    client, address = signed_in(boss), page(boss, "clinic_person_change", id)
    form = form_for(client.get(address), address)
    members.change_member(boss.at, member=id, known=Known(name="Amina B"), version=1)
    assert client.post(address, form | {"name": "Other"}).status_code == 422
    assert members.member(boss.at.held, id).name == "Amina B"


def test_the_list_opens_one_page_and_asks_no_more_for_a_longer_list(
    boss: Worker, django_assert_max_num_queries: object
) -> None:
    client, address = signed_in(boss), page(boss, "clinic_people")
    counts = []
    for many in (5, 50):
        while MemberRow.objects.count() < many:
            members.add_member(boss.at, known=Known(name=f"No {many}"), now=NOW)
        client.get(address)
        with django_assert_max_num_queries(10) as asked:
            shown = client.get(address).content.decode()
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert shown.count('class="folk__name"') == finding.PAGE
    assert "Page 1 of 2" in shown


def test_a_name_a_birthday_or_a_number_finds_somebody(boss: Worker) -> None:
    add(boss, name="Amina Begum", born="24 3 1972", number="9434765919")
    add(boss, name="Brian Cole", born="1 1 1960")
    client, address = signed_in(boss), page(boss, "clinic_people")
    for words in ("beg", "amina b", "24 3 1972", "943 476 5919", "AMINA"):
        shown = text_of(client.get(address, {"q": words}))
        assert "Amina Begum" in shown, words
        assert "Brian" not in shown, words
    assert "Nobody on the list" in text_of(client.get(address, {"q": "zzz\x00"}))


def test_a_list_is_looked_at_first_and_then_written_once(boss: Worker) -> None:
    add(boss, name="Brian Cole")
    client, address = signed_in(boss), page(boss, "clinic_people_import")
    rows = "name,born,number\nAmina Begum,1972-03-24,9434765919\nBrian Cole,,\n"
    look = client.post(address, {"pasted": rows})
    assert "Amina Begum 24 March 1972" in text_of(look)
    assert text_of(look).count("perhaps") == 1
    assert MemberRow.objects.count() == 1
    go = page(boss, "clinic_people_import_confirm")
    form = form_for(look, go)
    for _ in range(2):
        assert client.post(go, form).status_code == 303
    assert MemberRow.objects.count() == 3


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("name,born\nAmina,24/3/1972\n", "2 born"),
        ("name,number\nA,9434765918\n", "2 number"),
        ("name,number\nA,9434765919\nB,9434765919\n", "3 number"),
        ("name\n\x00\n", "2"),
        ("name,shoe size\nA,4\n", "1"),
        ("name\nA,B\n", "2"),
    ],
)
def test_a_list_with_a_slip_is_refused_whole_with_its_place(
    boss: Worker, rows: str, said: str
) -> None:
    client = signed_in(boss)
    answer = client.post(page(boss, "clinic_people_import"), {"pasted": "\ufeff" + rows})
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert not MemberRow.objects.exists()


def test_a_person_invited_joins_chooses_sees_who_looked_and_leaves(boss: Worker) -> None:
    physio = a_worker(boss.at.held.clinic, Role.PHYSIOTHERAPIST, name="Sam Lee")
    id = a_member(boss.at, "Amina", joined=False)
    invited = signed_in(boss).post(page(boss, "clinic_person_invite", id), {"deed": "make"})
    assert "<svg" in invited.content.decode()
    amina, address = Client(), LINK.search(invited.content.decode()).group(1)
    asked = amina.get(f"{urlsplit(address).path}?{urlsplit(address).query}")
    assert "Nobody watches what you write" in text_of(asked)
    assert "Weekdays, 9 to 5" in text_of(asked)
    assert "browser alone" in text_of(asked)
    assert MemberRow.objects.get().person is None  # looking joins nobody

    join = reverse("my_clinics_join")
    mine = amina.post(join, form_for(asked, join) | {"join": "yes"})["Location"].split("?")[0]
    assert MemberRow.objects.get().shares == []
    amina.post(mine, {"items": ["plan", "map", "everything"]})
    one = members.member(physio.at.held, id)
    assert one.shares == {Item.PLAN, Item.MAP}
    seeing.see(physio.at, one, Item.MAP, now=NOW)
    looked = text_of(amina.get(reverse("my_clinics_looked")))
    assert "Sam Lee , Riverside back clinic, opened your map" in looked
    assert "17 November 2026, 10:00" in looked

    amina.post(f"{mine}leave/")
    assert not members.member(physio.at.held, id).shares
    assert amina.get(mine).status_code == 404


def test_codes_can_be_tried_a_few_times_and_no_more(boss: Worker) -> None:
    client = signed_in(boss)
    tries = [client.get(reverse("my_clinics_join"), {"code": f"ABCD{n}"}) for n in range(21)]
    assert {each.status_code for each in tries[:20]} == {422}
    assert tries[20].status_code == 429


def test_staff_come_in_by_a_link_and_have_the_role_it_names(boss: Worker) -> None:
    invited = signed_in(boss).post(page(boss, "clinic_staff_invite"), {"role": "assistant"})
    query = urlsplit(LINK.search(invited.content.decode()).group(1)).query
    stranger = Client()
    asked = stranger.get(f"{reverse('clinic_join')}?{query}")
    assert "Sign in" in text_of(asked)
    assert "next=%2Fclinic%2Fjoin%2F%3Fcode" in asked.content.decode()

    newcomer = signed_in(a_worker(a_clinic("Elsewhere"), Role.ASSISTANT))
    join = reverse("clinic_join")
    form = form_for(newcomer.get(f"{join}?{query}"), join)
    assert newcomer.post(join, form | {"name": " "}).status_code == 422
    assert newcomer.post(join, form | {"name": "Kit Rowe"}).status_code == 303
    assert [each.role for each in staff.staff_of(boss.at.held) if each.name == "Kit Rowe"] == [
        Role.ASSISTANT
    ]
    assert newcomer.post(join, form | {"name": "Kit Rowe"}).status_code == 422


def test_the_last_administrator_is_told_why_they_stay(boss: Worker) -> None:
    client, mine = signed_in(boss), page(boss, "clinic_staff_change", boss.at.staff.id)
    for body in ({"deed": "end"}, {"role": "assistant"}):
        answer = client.post(mine, body)
        assert answer.status_code == 422
        assert "at least one administrator" in text_of(answer)


def test_a_clinic_changes_what_it_says_of_itself(boss: Worker) -> None:
    client, address = signed_in(boss), page(boss, "clinic_settings")
    told = {"name": "Hillside", "zone": "Europe/Dublin", "hours": "Mondays"}
    assert client.post(address, told | {"zone": "Mars/Base"}).status_code == 422
    assert client.post(address, told).status_code == 303
    assert 'value="Hillside"' in client.get(address).content.decode()


def test_somebody_may_be_staff_here_and_a_patient_there_in_one_account(boss: Worker) -> None:
    from tests.clinics import join as join_as_guest

    elsewhere = a_worker(a_clinic("Elsewhere"), Role.PHYSIOTHERAPIST)
    id = a_member(elsewhere.at, "The boss", joined=False)
    person = join_as_guest(elsewhere.at, id, Item.PLAN)
    client = signed_in(boss)
    come_as(client, person)
    shown = text_of(client.get(reverse("my_clinics")))
    assert "Elsewhere" in shown
    assert "Where you work Riverside back clinic" in shown
    assert client.get(reverse("clinic_home", args=[elsewhere.at.held.clinic])).status_code == 404


def test_the_erase_page_says_what_a_clinic_keeps(boss: Worker) -> None:
    id = a_member(boss.at, "Amina", Item.PLAN)
    person = members.member(boss.at.held, id).person
    client = Client()
    come_as(client, person)
    assert "What it wrote itself stays there" in text_of(client.get(reverse("erase")))
    assert sharing.clinics_of_person(person)[0].shares == {Item.PLAN}
