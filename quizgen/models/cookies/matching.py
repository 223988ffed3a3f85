"""Hosts, domains, paths and sites: canonicalized host, domain-match, default-path, path-match (RFC 6265 §5.1.2-5.1.4)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from quizgen.models.base import ModelError, touch
from quizgen.models.cookies.spec import Edition

_FORBIDDEN = re.compile(r"[\x00-\x20\x7f#%/<>?@\[\\\]^|]")
"""What no host has: the URL Standard's forbidden domain code points, less the colon of an IPv6 address."""


@dataclass(frozen=True)
class Url:
    """The parts of an http or https URL that cookies look at. `host` is canonicalized; `port` is never looked at."""

    scheme: str
    host: str
    path: str
    query: str = ""

    @property
    def secure(self) -> bool:
        """Whether the connection is secure, which is for the user agent to say; here: https (RFC 6265 §5.4)."""
        return self.scheme == "https"

    def __str__(self) -> str:
        return f"{self.scheme}://{self.host}{self.target}"

    @property
    def target(self) -> str:
        """What the request line asks for: path and query."""
        return f"{self.path or '/'}{'?' + self.query if self.query else ''}"


def parse_url(text: str) -> Url:
    """The URL's parts. Raises ModelError for what is no http or https URL with a host."""
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
    except ValueError:
        host = ""
    canonical = canonicalized_host(host)
    if not canonical or _FORBIDDEN.search(canonical) or parts.scheme not in ("http", "https"):
        raise ModelError(f"`{text}` is no http or https URL with a host, such as https://example.com/a")
    return Url(parts.scheme, canonical, parts.path, parts.query)


def canonicalized_host(host: str) -> str | None:
    """The host in lower case with A-labels for international ones; None if a label has no such form (§5.1.2)."""
    try:
        return ".".join(
            label.lower() if label.isascii() else label.encode("idna").decode().lower() for label in host.split(".")
        )
    except UnicodeError:
        return None


def is_ip_address(host: str) -> bool:
    """Whether the host is an IPv4 or IPv6 address, and so no host name."""
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


def domain_match(host: str, domain: str, edition: Edition) -> bool:
    """Whether a canonicalized host domain-matches a domain string in lower case (§5.1.3)."""
    touch("rule:domain-match")
    if host == domain:
        return True
    edition.uses("domain-match")
    if is_ip_address(host) and edition.applies("ip-no-subdomain"):
        edition.uses("ip-no-subdomain")
        return False
    if not edition.applies("domain-match"):
        return False
    if "sites of one name" in edition.spec.beliefs and host.split(".")[-2:-1] == domain.split(".")[-2:-1]:
        return True
    return bool(domain) and host.endswith(domain if "no dot" in edition.spec.beliefs else f".{domain}")


def default_path(path: str, edition: Edition) -> str:
    """The cookie path that a request's path stands for: all before its last slash (§5.1.4)."""
    edition.uses("default-path")
    if not path.startswith("/") or path.count("/") == 1 or not edition.applies("default-path"):
        return "/"
    return path[: path.rindex("/")]


def path_match(request_path: str, cookie_path: str, edition: Edition) -> bool:
    """Whether a request's path path-matches a cookie's path: /a matches /a and /a/b, not /ab (§5.1.4)."""
    if not edition.applies("path-match"):
        return True
    edition.uses("path-match")
    rest = request_path[len(cookie_path) :]
    return request_path.startswith(cookie_path) and (not rest or cookie_path.endswith("/") or rest.startswith("/"))


def public_suffix_of(host: str, edition: Edition) -> str:
    """The public suffix of a host by the algorithm of the Public Suffix List: an exception (`!www.ck`) before the longest
    rule (`co.uk`, or `*.ck` for any label) before the last label. A dot for the root does not count, and stays."""
    labels, rules = host.removesuffix(".").split("."), edition.spec.public_suffixes
    names = [".".join(labels[start:]) for start in range(len(labels))]
    excepted = (name.partition(".")[2] for name in names if f"!{name}" in rules)
    ruled = (name for name in names if name in rules or f"*.{name.partition('.')[2]}" in rules)
    return next(excepted, next(ruled, labels[-1])) + host[len(names[0]) :]


def is_public_suffix(domain: str, edition: Edition) -> bool:
    """Whether a registry, not one party, controls the domain: `com`, `co.uk`."""
    return bool(domain) and not is_ip_address(domain) and public_suffix_of(domain, edition) == domain


def site(url: Url, edition: Edition) -> tuple[str, str]:
    """The site of a URL: scheme and registrable domain (HTML Standard §7.1.1). An IP address is its own."""
    suffix = public_suffix_of(url.host, edition)
    if is_ip_address(url.host) or suffix == url.host:
        return url.scheme, url.host
    return url.scheme, url.host.removesuffix(f".{suffix}").rpartition(".")[2] + f".{suffix}"
