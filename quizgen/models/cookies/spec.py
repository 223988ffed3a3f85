"""What a user agent goes by: the rules in force, the limits, the public suffixes. Mutants replace one of them."""

from __future__ import annotations

from dataclasses import dataclass

from quizgen.models.base import Cite, because, touch
from quizgen.models.cookies.rules import ATTRIBUTES, EDITIONS, LIMITS, RFC_6265, RFC_6265BIS, RULES
from quizgen.models.values import Term

DAY = 86_400

PUBLIC_SUFFIXES = frozenset({
    "com", "org", "net", "edu", "gov", "info", "io", "dev", "app", "de", "fr", "uk", "jp", "cn", "au", "eu", "us",
    "co.uk", "org.uk", "ac.uk", "gov.uk", "co.jp", "ne.jp", "com.cn", "net.cn", "org.cn", "edu.cn", "gov.cn",
    "com.au", "github.io", "gitlab.io", "appspot.com", "herokuapp.com", "pages.dev", "vercel.app", "blogspot.com",
    "*.ck", "!www.ck", "example", "test",
})  # fmt: skip
"""A few rows of the Public Suffix List (publicsuffix.org), and the reserved top-level names of RFC 2606. As in the list,
`*` stands for any one label and `!` takes a name out of such a rule."""


@dataclass(frozen=True)
class Spec:
    """The standard as data. Limits of sizes are in octets, `lifetime` in seconds.

    `cookie_octets`, `cookies_per_domain` and `cookies_total` are the least that a user agent should provide; the model's
    user agent provides exactly these numbers of cookies and no more. `pair_octets`, `attribute_octets` and `lifetime`
    are upper bounds that only 6265bis has. `lax_allowing_unsafe` is the age in seconds up to which a user agent lets a
    cookie without SameSite go with unsafe methods too; 6265bis leaves that open and calls 2 minutes reasonable.
    `beliefs` are what user agents and servers do only in what some believe, by the names in quizgen.models.cookies.mutants.
    """

    rules: frozenset[str] = frozenset(RULES)
    attributes: frozenset[str] = frozenset(ATTRIBUTES)
    cookie_octets: int = 4096
    cookies_per_domain: int = 50
    cookies_total: int = 3000
    pair_octets: int = 4096
    attribute_octets: int = 1024
    lifetime: int = 400 * DAY
    lax_allowing_unsafe: int | None = None
    public_suffixes: frozenset[str] = PUBLIC_SUFFIXES
    beliefs: frozenset[str] = frozenset()


SPEC = Spec()


# Asked for each attribute of each cookie, so looked up by names.
_RULES_OF = {term.name: frozenset(rule.id for rule in RULES.values() if rule.within(term)) for term in EDITIONS.terms()}
_CITES = {
    term.name: {row.id: row.cite(term) for row in (*RULES.values(), *LIMITS.values())} for term in EDITIONS.terms()
}


@dataclass(frozen=True)
class Edition:
    """A spec as one edition has it: which of its rules and limits hold there, and where that is written."""

    spec: Spec = SPEC
    term: Term = RFC_6265

    def applies(self, rule: str) -> bool:
        """Whether the rule is in force."""
        return rule in self.spec.rules and rule in _RULES_OF[self.term.name]

    def cite(self, rule: str) -> Cite:
        """The section of a rule or limit."""
        return _CITES[self.term.name][rule]

    def uses(self, rule: str, reason: str = "") -> None:
        """Note that the answer rests on the rule, for this reason (the rule's own title if none is given)."""
        touch(f"rule:{rule}")
        because(reason or RULES[rule].title["en"], self.cite(rule))

    def bounds(self, limit: str, reason: str = "") -> None:
        """Note that the answer rests on the limit."""
        touch(f"limit:{limit}")
        because(reason or LIMITS[limit].title["en"], self.cite(limit))

    def knows(self, attribute: str) -> bool:
        """Whether the edition defines the attribute."""
        return attribute in self.spec.attributes and ATTRIBUTES[attribute].within(self.term)

    @property
    def bis(self) -> bool:
        """Whether this is 6265bis."""
        return self.term.name == RFC_6265BIS.name
