"""Chromium, headless, visiting a loopback server under the names that the cases have."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import TYPE_CHECKING, Any

from quizgen.models.cookies.rules import RFC_6265BIS
from quizgen.models.values import Term
from tests.models.cookies.oracle.case import FAR, Case, Outcome, Reply, Step, Stored
from tests.models.cookies.oracle.server import MARK, Site

if TYPE_CHECKING:
    from playwright.sync_api import BrowserType, Page

_PREFERENCES = {"profile": {"cookie_controls_mode": 0, "block_third_party_cookies": False}}
"""RFC 6265 §7.1 leaves blocking third-party cookies to the user agent, and this one to its user; here it does not."""
_FEATURES = (
    "HttpsUpgrades,HttpsFirstBalancedModeAutoEnable,HttpsFirstModeV2,MixedContentAutoupgrade,LocalNetworkAccessChecks"
)
_SUBMIT = "url => { const form = document.body.appendChild(document.createElement('form')); form.method = 'POST'; form.action = url; form.submit() }"
_LOAD = "url => new Promise(done => { const image = new Image(); image.onload = image.onerror = () => done(); image.src = url })"


def path() -> str | None:
    """The system's Chromium."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


class Chromium:
    """A browser that runs cases; a context manager."""

    name = "Chromium"
    slack = 60

    def __init__(self, kind: BrowserType) -> None:
        self._kind, self._stack, self._number = kind, ExitStack(), 0
        self._raw = lru_cache(maxsize=4)(self._visit)

    def __enter__(self) -> Chromium:
        self._site = self._stack.enter_context(Site())
        rules = f"MAP *:80 127.0.0.1:{self._site.http}, MAP *:443 127.0.0.1:{self._site.https}"
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", f"--host-resolver-rules={rules}",
                     "--ignore-certificate-errors", f"--disable-features={_FEATURES}"]  # fmt: skip
        folder = self._stack.enter_context(TemporaryDirectory(ignore_cleanup_errors=True))
        preferences = Path(folder) / "Default" / "Preferences"
        preferences.parent.mkdir()
        preferences.write_text(json.dumps(_PREFERENCES), "utf-8")
        context = self._kind.launch_persistent_context(
            folder, executable_path=path(), args=arguments, ignore_https_errors=True
        )
        self._stack.callback(context.close)
        self._page = context.new_page()
        self._tools = context.new_cdp_session(self._page)
        self.version = str(self._tools.send("Browser.getVersion")["product"]).rpartition("/")[2]
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def run(self, case: Case, term: Term) -> Reply:
        """What Chromium makes of a case, told in the terms of an edition."""
        now, sent, cookies = self._raw(case)
        return Reply(now, Outcome(sent, tuple(sorted((_stored(one, term) for one in cookies), key=str))))

    def _visit(self, case: Case) -> tuple[int, tuple[str, ...], list[Mapping[str, Any]]]:
        self._tools.send("Network.clearBrowserCookies")
        now = int(time.time())
        sent = tuple(self._step(step) for step in case.steps)
        return now, sent, self._tools.send("Network.getAllCookies")["cookies"]

    def _step(self, step: Step) -> str:
        if step.kind == "script":
            return self._script(step)
        self._number += 1
        number = str(self._number)
        self._site.tell(number, [text.encode() for text in step.sets])
        url = f"{step.url}{'&' if '?' in step.url else '?'}{MARK}{number}"
        if step.page:
            self._page.goto(step.page, wait_until="commit")
        _GO[step.kind if step.page else "typed"](self._page, url)
        return self._site.cookies.pop(number, b"").decode("utf-8", "surrogateescape")

    def _script(self, step: Step) -> str:
        self._page.goto(step.url, wait_until="commit")
        read = self._page.evaluate("document.cookie")
        for text in step.sets:
            self._page.evaluate("text => { document.cookie = text }", text)
        return str(read)


def _follow(page: Page, url: str) -> None:
    with page.expect_navigation(wait_until="commit"):
        page.evaluate("url => { location.href = url }", url)


def _submit(page: Page, url: str) -> None:
    with page.expect_navigation(wait_until="commit"):
        page.evaluate(_SUBMIT, url)


_GO: Mapping[str, Callable[[Any, str], Any]] = {
    "typed": lambda page, url: page.goto(url, wait_until="commit"),
    "link": _follow,
    "form": _submit,
    "image": lambda page, url: page.evaluate(_LOAD, url),
}


def _stored(one: Mapping[str, Any], term: Term) -> Stored:
    return Stored(
        one["name"], one["value"], one["domain"].removeprefix("."), one["path"], not one["domain"].startswith("."), one["secure"],
        one["httpOnly"], one.get("sameSite", "Default") if term == RFC_6265BIS else "Default",
        None if one["session"] else min(FAR, int(one["expires"])),
    )  # fmt: skip
