"""Words about statelessness: what is a function of the request alone, and how a server can tell its users apart."""

from __future__ import annotations

from quizgen.models.base import ModelError, Rfc, Vocabulary, because, shows, touch
from quizgen.models.http.elements import CARRIER_OF
from quizgen.models.http.exchange import Ask
from quizgen.models.http.handlers import HANDLERS, STATIC_PAGE, Handler
from quizgen.models.http.message import FRAMED, HTTP_1_1, HTTP_2, HTTP_3, VERSIONS, Request, version_of
from quizgen.models.http.persistence import decide
from quizgen.models.http.recognise import recognised, visits
from quizgen.models.http.run import Run
from quizgen.models.http.server import answered
from quizgen.models.http.spec import Spec
from quizgen.models.http.stateless import (
    ANY,
    BOUND,
    EACH,
    LAYOUTS,
    ONE,
    Search,
    misunderstood,
    search,
    situations,
    violation,
)
from quizgen.models.values import Term

_PERSISTENCE, _STATELESS = Rfc(9112, "9.3"), Rfc(9110, "3.3")
_COMPRESSION = {HTTP_2: Rfc(9113, "4.3"), HTTP_3: Rfc(9114, "4.2.1")}
LONGEST = 4
"""The longest histories that a claim may ask for."""


def add(words: Vocabulary, spec: Spec) -> None:
    """Add the words, for that spec."""
    _statelessness(words, spec)
    _servers(words, spec)
    _independence(words, spec)
    _users(words, spec)


def _statelessness(words: Vocabulary, spec: Spec) -> None:
    @words.function(_STATELESS)
    def protocol_is_stateless(version: Term | None = None) -> bool:
        """Whether every request of that version (None: of any) is understood the same whatever came before it on its
        connection.
        """
        touch("rule:stateless")
        because("Each request message's semantics can be understood in isolation.", _STATELESS)
        for one in VERSIONS.terms() if version is None else (version_of(version),):
            found = misunderstood(spec, one)
            if found is not None:
                shows(answered(spec, STATIC_PAGE, found))
                return False
        return True

    @words.function(Rfc(9113, "4.3"))
    def field_compression_is_stateful(version: Term) -> bool:
        """Whether header fields are compressed by what came earlier on the connection (HPACK, QPACK). That is about their
        encoding: what a request means still depends on no other.
        """
        touch("rule:field-compression")
        if version_of(version) not in FRAMED:
            because("Each message has its fields in full.", Rfc(9112, "5"))
            return False
        because("Compression has a dynamic table for each connection; the fields that come out are the request's own.", _COMPRESSION[version])  # fmt: skip
        return spec.applies("rule:field-compression")


def _servers(words: Vocabulary, spec: Spec) -> None:
    @words.function(_STATELESS)
    def stateless(handler: Handler, connections: str = ANY, longest: int = BOUND) -> bool:
        """Whether what this server answers is a function of the request alone, after every history of up to `longest`
        requests (1 to 4). `connections`: the requests use "any" of two, "one" persistent one, or "each" their own.
        """
        touch("rule:stateless")
        found = _search(spec, handler, connections, longest)
        because(_why(found, longest), _STATELESS)
        if found.violation is not None:
            shows(found.violation.run)
        return found.violation is None

    @words.function(_STATELESS)
    def violation_of_statelessness(handler: Handler) -> Run:
        """A shortest run in which the last request is answered otherwise than it is on its own."""
        touch("rule:stateless")
        found = _search(spec, handler, ANY, BOUND)
        if found.violation is None:
            raise ModelError(f"{handler.show()} answers every request as on its own")
        because(_why(found, BOUND), _STATELESS)
        shows(found.violation.run)
        return found.violation.run

    @words.function(_STATELESS)
    def keeps_records(handler: Handler) -> bool:
        """Whether this server keeps anything (a log, a session, a counter) beyond a request."""
        touch("rule:server-may-keep")
        because("Statelessness is about how a request is understood; what a server records is its own.", _STATELESS)
        return spec.applies("rule:server-may-keep") and any(at.store for at in situations(spec, handler, ONE, bound=1))


def _independence(words: Vocabulary, spec: Spec) -> None:
    @words.function(_PERSISTENCE)
    def can_exist(persistent: bool, stateless: bool) -> bool:
        """Whether there is a server that keeps (or closes) its HTTP/1.1 connection after each exchange and is (or is
        not) stateless, judged on just such connections.
        """
        touch("rule:stateless", "rule:http11-persists" if persistent else "rule:close-option")
        option = "" if persistent else "close"
        if decide(spec.rules, HTTP_1_1, option, delimited=True, consents=True).persists != persistent:
            return False
        layout = ONE if persistent else EACH
        found = next((one for one in HANDLERS if (violation(spec, one, layout) is None) == stateless), None)
        if found is not None:
            because(f"For one: {found.show()}, on {'a persistent connection' if persistent else 'connections of one exchange each'}.")  # fmt: skip
            shows(_witness(spec, found, layout, option))
        return found is not None


def _witness(spec: Spec, handler: Handler, layout: str, option: str) -> Run:
    """The shortest violation on such connections; two requests where there is none."""
    found = violation(spec, handler, layout)
    if found is not None:
        return found.run
    asks = (Ask(Request("GET", "/page", connection=option), on=on) for on in ((1, 1) if layout == ONE else (1, 2)))
    return answered(spec, handler, tuple(asks))


def _search(spec: Spec, handler: Handler, connections: str, longest: int) -> Search:
    if not isinstance(handler, Handler):
        raise ModelError(f"statelessness is asked of a handler, one of {', '.join(one.name for one in HANDLERS)}")
    if connections not in LAYOUTS:
        raise ModelError(f"`{connections}` is none of {', '.join(LAYOUTS)}")
    if not 1 <= longest <= LONGEST:
        raise ModelError(f"histories of 1 to {LONGEST} requests can be gone through")
    return search(spec, handler, connections, longest)


def _why(search: Search, longest: int) -> str:
    found = search.violation
    if found is None and search.complete:
        return f"No history of earlier requests, however long, changes an answer: the server comes to {_situations(search)}."  # fmt: skip
    if found is None:
        return f"No history of up to {longest} earlier requests, in any order, changes an answer: the server came to {_situations(search)}."  # fmt: skip
    history = ", then ".join(ask.request.line() for ask in found.history)
    return (
        f"{found.request.request.line()} alone gets `{found.alone.body}`, after {history} it gets `{found.after.body}`."
    )


def _situations(search: Search) -> str:
    return "one situation only" if search.situations == 1 else f"{search.situations} situations"


def _users(words: Vocabulary, spec: Spec) -> None:
    @words.function(_STATELESS)
    def recognises(handler: Handler, cookies: bool = True, credentials: bool = False, connections: str = "any") -> bool:
        """Whether, after Alice and Bob have logged in, this server knows each one's later requests.
        `cookies`: their user agents return cookies; `credentials`: they send credentials with each request.
        `connections`: each keeps its "own", both come over one "shared" with a proxy, every request is on a "new" one;
        "any" asks all three.
        """
        touch(CARRIER_OF.get(handler.name, "rule:stateless"))
        runs = visits(spec, handler, cookies=cookies, credentials=credentials, connections=connections)
        failed = [run for run in runs if not recognised(run)]
        because("HTTP has nothing of its own that ties requests together; the request must carry it.", _STATELESS)
        shows((failed or runs)[0])
        return not failed

    @words.function(_STATELESS)
    def connection_identifies_client(secured: bool = False, specific: bool = False) -> bool:
        """Whether a server may take two requests on one connection for the same user agent's: only if the connection is
        secured and specific to that agent.
        """
        touch("rule:connection-is-no-client")
        because("Unless the connection is secured and specific to that agent, a server must not assume it.", _STATELESS)
        return (secured and specific) or not spec.applies("rule:connection-is-no-client")
