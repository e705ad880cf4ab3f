"""A clinic from an empty site to its first report: nothing typed twice, and the sums right."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, Look
from tests.journeys.test_joining_a_clinic import begin_work, open_a_clinic
from tests.journeys.test_session_runner import TABLET, kept_for_offline, line, net, tap
from tests.journeys.walks import answer_no_to_everything, see_heading
from tests.served import Site

pytestmark = pytest.mark.browser

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
PEOPLE = ("Amina Begum", "Brian Cole", "Carol Oduya")
# How often each stands up from a chair in half a minute, at the start and at the end.
STANDS = {"Amina Begum": (10, 16), "Brian Cole": (8, 10), "Carol Oduya": (9, 13)}


def press(page: Page, name: str | re.Pattern[str]) -> None:
    """Press a button that leads to another page."""
    with page.expect_navigation():
        page.get_by_role("button", name=name).click()


def follow(page: Page, name: str | re.Pattern[str], *, exact: bool = True) -> None:
    """Follow a link."""
    with page.expect_navigation():
        page.get_by_role("link", name=name, exact=exact).first.click()


def start_group(page: Page, home: str, name: str, day: date) -> str:
    """Start a group of twelve weeks; return its page."""
    page.goto(f"{home}groups/new/")
    page.fill("#name", name)
    page.fill("#venue", "Village hall")
    page.fill("#places", "8")
    page.fill("#first_day", day.isoformat())
    page.get_by_label(DAYS[day.weekday()]).check()
    page.fill("#starts", "10:00")
    page.select_option("#syllabus", index=0)
    press(page, "Show the dates")
    press(page, "The dates are right")
    see_heading(page, name)
    return page.url


def ask_everybody(page: Page, group: str, when: str) -> None:
    """Ask the group to stand up from a chair; at the end the same is ticked already."""
    page.goto(f"{group}measures/")
    part = page.locator(f"#{when}")
    box = part.get_by_label("Sit to stand")
    if when == "first":
        box.check()
    expect(box).to_be_checked()
    with page.expect_navigation():
        part.get_by_role("button", name="Ask everybody").click()


def type_in(page: Page, group: str, who: str, when: str) -> None:
    """Type in one paper form from the group's page: only the count is typed."""
    page.goto(f"{group}measures/")
    row = page.locator(f"#{when} tbody tr", has_text=who)
    with page.expect_navigation():
        row.get_by_role("link", name=re.compile("^Type in")).click()
    expect(page.locator(f"input[name=label][value={when}]")).to_be_checked()
    expect(page.locator("#day")).not_to_have_value("")
    page.fill("#stands", str(STANDS[who][when == "last"]))
    press(page, "Save this form")
    expect(page.get_by_text("Your clinic keeps it.")).to_be_visible()


def answer_at_home(phone: Page, count: int) -> None:
    """Answer what the clinic asked for, from Today."""
    phone.goto("/today/")
    expect(phone.get_by_text("asked for one measure")).to_be_visible()
    follow(phone, "Look at it")
    follow(phone, re.compile("^Fill in.*Sit to stand"), exact=False)
    phone.fill("#stands", str(count))
    press(phone, "Save my answers")
    phone.goto("/today/")
    expect(phone.get_by_text("asked for one measure")).to_have_count(0)


def test_from_an_empty_site_to_a_report_with_the_right_numbers(
    open_page: Callable[..., Page], site: Site, axe: Look
) -> None:
    today = date.fromisoformat(site.python("import datetime as d; print(d.date.today())").strip())
    # Given a clinic that was opened a moment ago, and its administrator at a desk
    named = f"Lakeside {uuid4().hex[:6]}"
    desk = open_page()
    begin_work(desk, open_a_clinic(site, named), "Sam Lee")
    see_heading(desk, named)
    home = desk.url
    desk.goto(f"{home}settings/")
    desk.fill("#hours", "Weekdays, 9 to 5")
    press(desk, "Save")
    # When he invites a physiotherapist, and brings three people in from a list
    desk.goto(f"{home}staff/invite/")
    desk.get_by_label("Physiotherapist").check()
    press(desk, "Make a link")
    link = desk.locator(".code__link a").inner_text()
    axe(desk)
    desk.goto(f"{home}people/import/")
    desk.fill("#pasted", "\n".join(("name", *PEOPLE)))
    press(desk, "Look at it first")
    axe(desk)
    press(desk, "Add these 3 people")
    follow(desk, "Amina Begum")
    follow(desk, "Invite them")
    press(desk, "Make a code")
    code = desk.locator(".code__signs").inner_text()
    # Then she joins on her phone, and lets the clinic see her measures
    phone = open_page(viewport=PHONE)
    phone.goto("/my-clinics/join/")
    phone.fill("#code", code)
    press(phone, "Continue")
    expect(phone.locator("main")).to_contain_text("Weekdays, 9 to 5")
    press(phone, "Join this clinic")
    phone.get_by_label("My measures").check()
    press(phone, "Save")
    axe(phone)

    # When the physiotherapist starts a group on her tablet, and gives all three a place
    page = open_page(viewport=TABLET)
    begin_work(page, link, "Priya Shah")
    see_heading(page, named)
    group = start_group(page, home, "Spring", today - timedelta(days=7))
    for who in PEOPLE:
        page.goto(f"{group}enrol/")
        press(page, re.compile(f"Give a place.*{who}"))
    expect(page.get_by_text("3 of 8 places taken")).to_be_visible()
    # And asks for a measure at the start: two of them have no telephone and need paper
    ask_everybody(page, group, "first")
    expect(page.get_by_text("2 people need a paper form:")).to_be_visible()
    axe(page)
    answer_at_home(phone, STANDS["Amina Begum"][0])
    type_in(page, group, "Brian Cole", "first")
    axe(page)
    type_in(page, group, "Carol Oduya", "first")
    page.goto(f"{group}measures/")
    expect(page.locator("#first tbody").get_by_text("Answered")).to_have_count(3)

    # When the first session runs: Amina is there, and is asked the safety questions
    page.goto(group)
    follow(page, "Run it 1")
    with page.expect_navigation():
        line(page, "Amina").get_by_role("link", name=re.compile("^Safety")).click()
    follow(page, "Ask all the questions")
    answer_no_to_everything(page)
    page.goto(group)
    follow(page, "Run it 1")
    page.clock.install()
    page.reload()
    kept_for_offline(page)
    # And the network is gone for two minutes
    page.context.set_offline(True)
    tap(page, "Amina", "Here")
    tap(page, "Amina", "Nothing new")
    tap(page, "Brian", "Not here")
    tap(page, "Carol", "Not here")
    page.get_by_role("button", name="Begin").click()
    page.clock.run_for(120_000)
    expect(net(page)).to_contain_text("Not sent yet: 5")
    axe(page)
    page.context.set_offline(False)
    page.clock.run_for(10_000)
    expect(net(page)).to_have_text("All sent.")
    page.get_by_role("button", name="End the session").click()
    expect(page.get_by_text("This session has ended.")).to_be_visible()

    # Then the register knows it already, and says what is to make up
    page.goto(f"{group}register/")
    axe(page)
    summer = start_group(page, home, "Summer", today + timedelta(days=7))
    page.goto(f"{group}register/")
    follow(page, re.compile("Make it up.*Brian Cole, 1"))
    page.get_by_label("Summer").check()
    press(page, re.compile("^Book it$"))
    follow(page, re.compile("Make it up.*Carol Oduya, 1"))
    page.fill("#day", (today + timedelta(days=1)).isoformat())
    page.fill("#starts", "14:00")
    press(page, "Book it one to one")
    axe(page)
    # When both have come: one with the other group, one alone with the physiotherapist
    page.goto(summer)
    follow(page, "Register 1")
    press(page, re.compile("^Here"))
    page.goto(f"{home}groups/")
    alone = page.get_by_role("link", name="Spring").evaluate_all("all => all.map(a => a.href)")
    page.goto(next(each for each in alone if each != group))
    expect(page.get_by_text("One to one")).to_be_visible()
    follow(page, re.compile("^Register"))
    press(page, re.compile("^Here"))
    axe(page)
    page.goto(f"{group}register/")
    expect(page.get_by_text("Nobody has a session to make up.")).to_be_visible()

    # And the same measure is asked for at the end
    ask_everybody(page, group, "last")
    answer_at_home(phone, STANDS["Amina Begum"][1])
    for who in PEOPLE[1:]:
        type_in(page, group, who, "last")
    # Then each change is on the person's page, as far as they share it
    page.goto(f"{group}measures/")
    follow(page, "Amina Begum")
    expect(page.locator("main")).to_contain_text("From 10 to 16. That is a change for the better.")
    axe(page)
    # And the report has the right numbers
    page.goto(f"{home}reports/")
    page.check(f"input[value='{group.rstrip('/').rpartition('/')[2]}']")
    press(page, "Make the report")
    main = page.locator("main")
    for row in ("Had a place 3", "Came at least once 3", "Never came 0"):
        expect(page.get_by_role("row", name=row, exact=True)).to_be_visible()
    expect(page.get_by_role("row", name="1 3 0 0", exact=True)).to_be_visible()
    expect(main).to_contain_text("3 of 3 people have a score before and after.")
    expect(main).to_contain_text("On average 9 before and 13 after.")
    axe(page)
    # And Amina sees who looked at her measures
    phone.goto("/my-clinics/looked/")
    expect(phone.locator("main")).to_contain_text("Priya Shah")
    axe(phone)
