"""A real Chromium, Debian's or any that is installed; these tests are skipped where there is none."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """The browser, started once."""
    program = os.environ.get("OBECSUM_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        pytest.skip("no Chromium here: apt-get install chromium, or name one in OBECSUM_CHROMIUM")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        # No sandbox: it cannot be had as root in a container, and these pages are ours.
        started = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield started
        started.close()


class Opened:
    """A page in a tab, with all that went wrong in it.

    Attributes:
        tab: Playwright's page.
        wrong: Messages of the console, errors, dialogs and requests for anything but the page itself.
    """

    def __init__(self, tab: Any, path: Path) -> None:
        self.tab = tab
        self.wrong: list[str] = []
        tab.set_default_timeout(10_000)
        tab.on("console", lambda message: self.wrong.append(f"console: {message.text}"))
        tab.on("pageerror", lambda error: self.wrong.append(f"error: {error}"))
        tab.on("dialog", self._dismiss)
        tab.on("request", lambda request: self._requested(request.url, path))
        tab.goto(path.as_uri())
        tab.wait_for_selector("#list .card, #list p", timeout=20_000)

    def _dismiss(self, dialog: Any) -> None:
        self.wrong.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _requested(self, url: str, path: Path) -> None:
        if url != path.as_uri():
            self.wrong.append(f"request: {url}")

    def choose(self, tab: str) -> None:
        """Press a tab, and wait for what it shows."""
        self.tab.click(f"#tab-{tab}")
        self.tab.wait_for_selector(f"#panel-{tab}, #cards[aria-labelledby='tab-{tab}'] .card")

    def open_all(self) -> None:
        """Press every button of the tab that opens something, and wait until all is open."""
        shown = "main > section:not([hidden]) button.open"
        for button in self.tab.locator(shown).all():
            button.click()
        shut = "all => all.filter(one => one.getAttribute('aria-expanded') !== 'true').length"
        self.until(lambda: self.tab.eval_on_selector_all(shown, shut), 0)

    def until(self, read: Callable[[], Any], wanted: Any) -> None:
        """Wait until something is as it should be; what waits in the page itself would be eval, which it forbids."""
        for _ in range(200):
            if read() == wanted:
                return
            self.tab.wait_for_timeout(50)
        assert read() == wanted

    def ids(self) -> list[str]:
        """The ids on the cards, in order; of the first release of each."""
        found: list[str] = self.tab.eval_on_selector_all(
            "#list .card", "cards => cards.map(card => card.querySelector('.id').textContent)"
        )
        return found

    def press(self, key: str) -> None:
        """Press a key."""
        self.tab.keyboard.press(key)


@pytest.fixture
def opened(browser: Any) -> Iterator[Callable[..., Opened]]:
    """Open a page: ``opened(path, width=390)``."""
    contexts = []

    def open_page(path: Path, *, width: int = 1024, **options: Any) -> Opened:
        context = browser.new_context(viewport={"width": width, "height": 844}, **options)
        contexts.append(context)
        return Opened(context.new_page(), path)

    yield open_page
    for context in contexts:
        context.close()
