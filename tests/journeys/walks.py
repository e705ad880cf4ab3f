"""Steps that several journeys share, in the person's words."""

from playwright.sync_api import Page, expect

PAGES_TOP = 20


def say(page: Page, question: str, answer: str) -> None:
    """Choose an answer to one safety question."""
    page.locator(f"input[type=radio][name={question}][value={answer}]").check(force=True)


def say_everything(page: Page, answer: str = "no", age: str = "52") -> None:
    """Answer every question on this screen alike."""
    names = page.locator("form.ask input[type=radio]").evaluate_all(
        "all => [...new Set(all.map(each => each.name))]"
    )
    for name in names:
        say(page, name, answer)
    if page.locator("input#age").count():
        page.fill("#age", age)


def go_on(page: Page) -> None:
    """Press the button that leads on."""
    with page.expect_navigation():
        page.locator("button[name=deed][value=go_on]").click()


def answer_no_to_everything(page: Page) -> None:
    """Go through the questions from this screen to the card."""
    for _ in range(PAGES_TOP):
        if not page.locator("form.ask").count():
            return
        say_everything(page)
        go_on(page)
    raise AssertionError("the questions did not come to an end")


def go_to_question(page: Page, question: str) -> None:
    """Answer no until a screen with this question is open."""
    page.goto("/safe/questions/")
    for _ in range(PAGES_TOP):
        if page.locator(f"input[type=radio][name={question}]").count():
            return
        say_everything(page)
        go_on(page)
    raise AssertionError(f"no screen asks {question}")


def see_heading(page: Page, words: str) -> None:
    """See a page whose main heading holds these words."""
    expect(page.locator("h1")).to_contain_text(words)
