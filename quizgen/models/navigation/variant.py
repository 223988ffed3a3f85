"""Under which circumstances a page is navigated to, and which phases a navigation then has."""

from __future__ import annotations

from dataclasses import dataclass

from quizgen.models.base import ModelError
from quizgen.models.navigation.edges import AT_END, BLOCKING, DEFERRED, IN_HEAD, ONE_CONNECTION, UNTIL_CLOSE
from quizgen.models.navigation.events import (
    ALWAYS,
    CLOSING,
    HSTS,
    LOOKUP,
    NETWORK,
    QUIC,
    REDIRECT,
    SCRIPT,
    SECOND_TCP,
    SECOND_TLS,
    TARGET_LOOKUP,
    TARGET_QUIC,
    TARGET_TCP,
    TARGET_TLS,
    TCP,
    TLS,
    VALIDATION,
)  # fmt: skip

SCHEMES = ("http", "https")
REDIRECTS = ("same-origin", "other-origin", "https")
"""Where a 3xx leads: to the same origin, to another host, from http to https on the same host."""

SCRIPTS = {
    "blocking": {BLOCKING, IN_HEAD},
    "blocking-at-end": {AT_END},
    "async": {IN_HEAD},
    "defer": {DEFERRED, IN_HEAD},
    "module": {DEFERRED, IN_HEAD},
}
"""How the page names its one script, and the phases of that; only blocking-at-end stands in the body, after the content."""

SUBRESOURCES = ("same-connection", "second-connection")
"""Over which HTTP/1.1 connection subresources come: all over the page's own, or the image over a second one."""


@dataclass(frozen=True)
class Variant:
    """The circumstances. An empty text: no redirect, no script, subresources over whatever connection."""

    scheme: str = "https"
    hsts: bool = False
    cached: bool = False
    dns_cached: bool = False
    reused: bool = False
    http3: bool = False
    persistent: bool = True
    redirect: str = ""
    not_modified: bool = False
    script: str = ""
    subresources: str = ""
    until_close: bool = False

    def phases(self) -> frozenset[str]:
        """The phases that this navigation has. Raises ModelError for circumstances that exclude each other."""
        self._check()
        found = (
            {ALWAYS} | ({HSTS} if self.hsts else set()) | ({SCRIPT} | SCRIPTS[self.script] if self.script else set())
        )
        return frozenset(found if self.cached else found | self._network())

    @property
    def secured(self) -> bool:
        """Whether the first request goes over TLS."""
        return self.scheme == "https" or self.hsts

    def _network(self) -> set[str]:
        found = {NETWORK}
        if not self.reused:
            found |= ({QUIC} if self.http3 else {TCP, TLS} if self.secured else {TCP}) | (
                set() if self.dns_cached else {LOOKUP}
            )
        if self.redirect:
            found |= {REDIRECT} | self._target()
        if self.not_modified:
            found.add(VALIDATION)
        if not self.persistent or self.until_close:
            found |= {CLOSING, UNTIL_CLOSE} if self.until_close else {CLOSING}
        return found | self._subresources()

    def _target(self) -> set[str]:
        """What it takes to reach the redirect's target. The same host's address is known by then."""
        if self.redirect == "other-origin":
            over = {TARGET_QUIC} if self.http3 else {TARGET_TCP, TARGET_TLS} if self.secured else {TARGET_TCP}
            return over | {TARGET_LOOKUP}
        return {TARGET_TCP, TARGET_TLS} if self.redirect == "https" else set()

    def _subresources(self) -> set[str]:
        if self.subresources == "second-connection":
            secured = self.secured or self.redirect == "https"
            return {SECOND_TCP, SECOND_TLS} if secured else {SECOND_TCP}
        return {ONE_CONNECTION} if self.subresources else set()

    def _check(self) -> None:
        for value, known, what in (
            (self.scheme, SCHEMES, "scheme of a page"), (self.redirect, ("", *REDIRECTS), "redirect"),
            (self.script, ("", *SCRIPTS), "script"), (self.subresources, ("", *SUBRESOURCES), "way of subresources"),
        ):  # fmt: skip
            if value not in known:
                raise ModelError(f"`{value}` is no {what}: {', '.join(one for one in known if one)}")
        for excluded, why in self._exclusions():
            if excluded:
                raise ModelError(why)

    def _exclusions(self) -> tuple[tuple[bool, str], ...]:
        """Each reason against these circumstances, and whether it applies."""
        closing = not self.persistent or self.until_close
        fetched = bool(self.redirect or self.not_modified or self.subresources or closing)
        return (
            (self.hsts and self.scheme == "https", "HSTS changes nothing of an https URL: hsts goes with scheme='http'"),
            (self.http3 and not self.secured, "HTTP/3 is for https URLs (RFC 9114 §3.1)"),
            (self.http3 and closing, "HTTP/3 knows no `Connection: close` (RFC 9114 §4.2)"),
            (self.http3 and bool(self.subresources), "HTTP/3 carries all requests on streams of one connection (RFC 9114 §2)"),
            (self.cached and fetched, "a fresh response is used without a request, so that nothing is to be said of the network"),
            (self.redirect == "https" and self.secured, "redirect='https' leads there from http, and this page is https already"),
            (self.not_modified and self.until_close, "a 304 ends with its header section, not with the close (RFC 9110 §15.4.5)"),
            (closing and self.subresources == "same-connection", "a connection that is closed after the page carries nothing else"),
        )  # fmt: skip
