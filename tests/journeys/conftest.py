"""A real site, a real browser, and eyes that check each page for known faults."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.served import Site, served

ROOT = Path(__file__).parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
QUIET = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
PHONE = {"width": 320, "height": 700}

PATIENCE_MS = 10_000

Look = Callable[[Page], None]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Use the system's Chromium, and keep it from talking to anybody."""
    path = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    return {**browser_type_launch_args, "executable_path": path, "args": QUIET}


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Serve one site for all journeys; each journey comes as somebody new."""
    with served(tmp_path_factory.mktemp("site")) as site:
        yield site


@pytest.fixture(scope="session")
def base_url(site: Site) -> str:
    """Let pages be opened by their path."""
    return site.url


@pytest.fixture
def page(page: Page) -> Page:
    """Open a browser as most people have it."""
    page.set_default_timeout(PATIENCE_MS)
    return page


@pytest.fixture
def open_page(browser: Browser, site: Site) -> Iterator[Callable[..., Page]]:
    """Open a page in a browser set up as asked: size, colours, script, motion."""
    contexts: list[BrowserContext] = []

    def new(**settings: Any) -> Page:
        context = browser.new_context(base_url=site.url, **settings)
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        return context.new_page()

    yield new
    for context in contexts:
        context.close()


@pytest.fixture
def no_script(open_page: Callable[..., Page]) -> Page:
    """Open a browser without script."""
    return open_page(java_script_enabled=False)


@pytest.fixture
def phone(open_page: Callable[..., Page]) -> Page:
    """Open a browser on a very small phone; a desktop at 400% zoom is as narrow."""
    return open_page(viewport=PHONE)


@pytest.fixture(scope="session")
def axe_source() -> str:
    """Read the checker; without it nothing can be said about a page."""
    if not AXE.is_file() and not os.environ.get("CI"):
        pytest.skip("axe-core is not installed: run npm ci")
    return AXE.read_text("utf-8")


@pytest.fixture
def axe(axe_source: str) -> Look:
    """Check the page as it stands for every fault that axe knows."""

    def look(page: Page) -> None:
        page.evaluate(axe_source)
        found = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
        faults = [
            f"{each['id']}: {each['help']}: {each['nodes'][0]['html'][:160]}"
            for each in found["violations"]
        ]
        assert not faults, f"{page.url}: {faults}"

    return look
