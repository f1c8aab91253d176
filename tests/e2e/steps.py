"""What reviewers and analysts do on the pages of a map, step by step."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

MAP = "/maps/harbour/"
REVIEW = f"{MAP}review/"
FORM = "#panel .edit-form"
RATINGS = "#panel .ratings"
QUESTION = "#panel .questions > li"


def choose(page: Page, key: str) -> None:
    """Open the map with an element chosen."""
    page.goto(f"{MAP}?select={key}")


def rate(page: Page, likelihood: str, confidence: str) -> None:
    """Rate the claim that is chosen."""
    page.locator(f"{RATINGS} summary").first.click()
    page.locator(f"{RATINGS} [value={likelihood}]").check()
    page.locator(f"{RATINGS} [value={confidence}]").check()
    page.get_by_role("button", name="Save the rating").click()


def answer(page: Page, says: str, why: str) -> None:
    """Answer the first critical question of the inference that is chosen."""
    first = page.locator(QUESTION).first
    first.locator("summary").first.click()
    first.get_by_label(says, exact=True).check()
    first.get_by_label("Why", exact=True).fill(why)
    first.get_by_role("button", name="Save the answer").click()


def begin(page: Page, what: str) -> None:
    """Take an entry of the menu of suggestions."""
    page.locator("#panel .suggest-menu summary").click()
    page.locator("#panel").get_by_role("link", name=what).click()
    expect(page.locator(FORM)).to_be_visible()


def suggest(page: Page, key: str, what: str, **typed: str) -> None:
    """Choose an element, take an entry of its menu, fill in what is typed, and send it."""
    choose(page, key)
    begin(page, what)
    for name, value in typed.items():
        field = page.locator(f"{FORM} [name={name}]")
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    page.locator(FORM).get_by_role("button", name="Suggest").click()
    expect(page.locator("#panel .suggested")).not_to_have_count(0)


def open_thread(page: Page, key: str, words: str) -> Locator:
    """Choose an element, and return its thread that holds these words."""
    choose(page, key)
    return page.locator("#panel .thread", has_text=words)


def ask_for_review(page: Page, *names: str, message: str = "", due: str = "2999-12-31") -> None:
    """Ask reviewers for a review, by a day."""
    page.goto(REVIEW)
    page.get_by_text("Ask for a review").click()
    for name in names:
        page.get_by_label(name, exact=True).check()
    page.fill("#ask [name=due]", due)
    page.fill("#ask [name=message]", message)
    page.get_by_role("button", name="Ask them").click()


def give_verdict(page: Page, verdict: str, summary: str) -> None:
    """Give the verdict on the whole map that one was asked for."""
    page.goto(REVIEW)
    expect(page.locator("#verdict")).to_contain_text("asks for your verdict")
    page.get_by_label(verdict, exact=True).check()
    page.fill("#verdict [name=summary]", summary)
    page.get_by_role("button", name="Give the verdict").click()
    expect(page.get_by_role("status")).to_contain_text("Your verdict is given")


def here(page: Page) -> str | None:
    """Return the key of the line of an outline that has the focus."""
    key: str | None = page.evaluate(
        "document.activeElement.querySelector(':scope > .line > a.key')?.dataset.key ?? null"
    )
    return key


def press(page: Page, *keys: str) -> list[str | None]:
    """Press keys, and return the line that each leads to."""
    reached = []
    for key in keys:
        page.keyboard.press(key)
        reached.append(here(page))
    return reached


def search(page: Page, words: str, *keys: str) -> None:
    """Search the map, and press keys once something is found."""
    page.keyboard.press("/")
    page.keyboard.type(words)
    expect(page.locator(".find-count")).to_contain_text("found")
    for key in keys:
        page.keyboard.press(key)
