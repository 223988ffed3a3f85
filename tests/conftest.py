"""Fixtures of the whole suite: golden files, and a page of the system's Chromium."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.request import url2pathname

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Playwright

Golden = Callable[[str, str], None]
"""The fixture `golden`: golden(name, text)."""

Hosted = Callable[[str], str]
"""The fixture `hosted`: from the address of a file on this machine to one at a host."""

settings.register_profile("quizgen", deadline=None)  # no test asserts a time: the machine may be busy
settings.load_profile("quizgen")

_GOLDEN = Path(__file__).parent / "golden"
_LOCAL = ("file:", "data:", "blob:", "about:")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write what was made to tests/golden/ and pass")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """`golden(name, text)` holds the text against tests/golden/<name>; with --update-golden it writes the file."""

    def compare(name: str, text: str) -> None:
        path = _GOLDEN / name
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
        assert path.is_file(), f"tests/golden/{name} is missing: run pytest --update-golden and look at it"
        assert text == path.read_bytes().decode(), f"differs from tests/golden/{name}"

    return compare


@pytest.fixture(scope="session")
def browsers() -> "Iterator[Playwright]":
    """Playwright's driver, of which a process can have one at a time."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def browser(browsers: "Playwright") -> "Iterator[Browser]":
    """The system's Chromium, headless; skips where there is none. CHROMIUM names another one."""
    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        pytest.skip("no Chromium on PATH (set CHROMIUM to its path)")
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    launched = browsers.chromium.launch(executable_path=found, args=arguments)
    yield launched
    launched.close()


@pytest.fixture
def chromium(browser: "Browser") -> "Iterator[Page]":
    """A fresh page that reaches files of this machine and nothing else; a request to any other place fails."""
    context = browser.new_context()
    context.route(lambda url: not url.startswith(_LOCAL), lambda route: route.abort())
    yield context.new_page()
    context.close()


@pytest.fixture
def hosted(chromium: "Page") -> Hosted:
    """`hosted(address)` is the address at which `chromium` finds a file as if a host had it.

    For tests of what a page remembers: when the machine is busy, Chromium gives a page of file: that is loaded again an
    empty localStorage about one time in a hundred, a page of http: never.
    """
    host = "http://quizgen.test"
    chromium.route(f"{host}/**", lambda route: route.fulfill(path=url2pathname(urlsplit(route.request.url).path)))
    return lambda address: address.replace("file://", host, 1)
