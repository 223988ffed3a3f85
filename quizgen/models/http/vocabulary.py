"""The words that claims about HTTP may use. Each group of words is made for one Spec, so that a mutant has its own."""

from __future__ import annotations

from dataclasses import replace

from quizgen.models.base import ModelError, Rfc, Vocabulary, because, shows, touch
from quizgen.models.http.elements import CARRIER_OF
from quizgen.models.http.exchange import Ask, Run, Spec, answered
from quizgen.models.http.handlers import HANDLERS, STATIC_PAGE, Handler
from quizgen.models.http.message import CLIENT, ENDS, HTTP_1_0, HTTP_1_1, SERVER, VERSIONS, Request, options
from quizgen.models.http.persistence import decide
from quizgen.models.http.recognise import recognised, visits
from quizgen.models.http.stateless import (
    ANY,
    BOUND,
    EACH,
    LAYOUTS,
    ONE,
    Violation,
    misunderstood,
    situations,
    violation,
)
from quizgen.models.values import Term

_PERSISTENCE, _TEARDOWN, _STATELESS = Rfc(9112, "9.3"), Rfc(9112, "9.6"), Rfc(9110, "3.3")


def vocabulary(spec: Spec) -> Vocabulary:
    """Every word, for that spec."""
    words = Vocabulary()
    _constants(words)
    _persistence(words, spec)
    _closing(words)
    _statelessness(words, spec)
    _users(words, spec)
    return words


def _constants(words: Vocabulary) -> None:
    for version in VERSIONS.terms():
        words.constant(version.identifier, version, f"{version}, a version of the protocol.", Rfc(9110, "2.5"))
    for handler in HANDLERS:
        words.constant(handler.name, handler, f"A server that offers {handler.title['en']}.", handler.cite)
    words.constant("VERSIONS", VERSIONS.terms(), "The versions of HTTP, from HTTP/1.0 on.", Rfc(9110, "2.5"))
    words.constant("HANDLERS", HANDLERS, "Every server that the model knows, to go through in a claim.", _STATELESS)
    words.constant(CLIENT, ENDS.term(CLIENT), "The end that sends requests.", Rfc(9110, "3.3"))
    words.constant(SERVER, ENDS.term(SERVER), "The end that sends responses.", Rfc(9110, "3.3"))


def _persistence(words: Vocabulary, spec: Spec) -> None:
    @words.function(_PERSISTENCE)
    def persists(version: Term, connection: str = "", delimited: bool = True, honoured: bool = True) -> bool:
        """Whether the connection stays open after the exchange, by the version and Connection field ("close",
        "keep-alive") of the message. `delimited`: its length is told otherwise than by the end of the connection.
        `honoured`: the recipient honours HTTP/1.0 keep-alive and is no proxy that received a request.
        """
        rule = decide(spec.rules, _version(version), connection, delimited=delimited, consents=honoured)
        touch(rule.id)
        because(f"{rule.title['en']}.", rule.cite)
        shows(_two_requests(spec, version, connection, delimited, honoured))
        return rule.persists

    @words.function(_PERSISTENCE)
    def may_request_again(version: Term, sent: str = "", received: str = "") -> bool:
        """Whether a client may send a further request on the connection: not once it has sent or received close, nor
        after an HTTP/1.0 response without keep-alive. `version` is the response's; the others Connection fields.
        """
        touch("rule:no-request-after-close")
        rule = decide(spec.rules, _version(version), received, delimited=True, consents=True)
        touch(rule.id)
        because("A client may send requests until it sends or receives close, or HTTP/1.0 ends it.", _PERSISTENCE)
        return "close" not in options(sent) and rule.persists


def _version(version: Term) -> Term:
    if not isinstance(version, Term) or version.domain is not VERSIONS:
        raise ModelError("persistence is asked of a version: HTTP_1_0, HTTP_1_1, HTTP_2 or HTTP_3")
    return version


def _two_requests(spec: Spec, version: Term, connection: str, delimited: bool, honoured: bool) -> Run:
    """Two requests: the second on the same connection if it is open after the first, else on a new one."""
    field = connection if version in (HTTP_1_0, HTTP_1_1) else ""
    request = Request("GET", "/page", version=version, connection=field)
    ask = Ask(request, delimited=delimited, closing=version == HTTP_1_0 and not honoured)
    stays = answered(spec, STATIC_PAGE, (ask,)).open_after(1)
    return answered(spec, STATIC_PAGE, (ask, replace(ask, on=1 if stays else 2)))


def _closing(words: Vocabulary) -> None:
    @words.function(Rfc(9112, "9.5"))
    def may_close(end: Term) -> bool:
        """Whether that end (client, server) may close the connection at any time."""
        touch("rule:may-close-any-time")
        because("A client, a server or a proxy may close the transport connection at any time.", Rfc(9112, "9.5"))
        return _end(end) in ENDS.members

    @words.function(_TEARDOWN)
    def must_close(end: Term, sent: str = "", received: str = "") -> bool:
        """Whether that end has to close once the response is complete, by the Connection fields that it sent and
        received: each end after a close of either side's.
        """
        touch(f"rule:{_end(end)}-closes-after-close")
        because("close signals that the sender will close the connection after the response.", _TEARDOWN)
        return "close" in options(f"{sent}, {received}")


def _end(end: Term) -> str:
    if str(end) not in ENDS.members:
        raise ModelError(f"`{end}` is no end of a connection: it is client or server")
    return str(end)


def _statelessness(words: Vocabulary, spec: Spec) -> None:
    @words.function(_STATELESS)
    def protocol_is_stateless() -> bool:
        """Whether every request is understood the same whatever came before it on its connection."""
        touch("rule:stateless")
        found = misunderstood(spec)
        because("Each request message's semantics can be understood in isolation.", _STATELESS)
        if found is not None:
            shows(answered(spec, STATIC_PAGE, found))
        return found is None

    @words.function(_STATELESS)
    def stateless(handler: Handler, connections: str = ANY) -> bool:
        """Whether what this server answers is a function of the request alone, after every history of requests.
        `connections`: the requests use "any" of two, "one" persistent one, or "each" their own.
        """
        touch("rule:stateless")
        found = _violation(spec, handler, connections)
        because(_why(found), _STATELESS)
        if found is not None:
            shows(found.run)
        return found is None

    @words.function(_STATELESS)
    def violation_of_statelessness(handler: Handler) -> Run:
        """A shortest run in which the last request is answered otherwise than it is on its own."""
        touch("rule:stateless")
        found = _violation(spec, handler, ANY)
        if found is None:
            raise ModelError(f"{handler.show()} answers every request as on its own")
        return found.run

    @words.function(_STATELESS)
    def keeps_records(handler: Handler) -> bool:
        """Whether this server keeps anything (a log, a session, a counter) beyond a request."""
        touch("rule:server-may-keep")
        because("Statelessness is about how a request is understood; what a server records is its own.", _STATELESS)
        return any(at.store for at in situations(spec, handler, ONE, bound=1))

    _independence(words, spec)


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
        return found is not None


def _violation(spec: Spec, handler: Handler, connections: str) -> Violation | None:
    if not isinstance(handler, Handler):
        raise ModelError(f"statelessness is asked of a handler, one of {', '.join(one.name for one in HANDLERS)}")
    if connections not in LAYOUTS:
        raise ModelError(f"`{connections}` is none of {', '.join(LAYOUTS)}")
    return violation(spec, handler, connections)


def _why(found: Violation | None) -> str:
    if found is None:
        return f"No history of up to {BOUND} earlier requests, in any order and on any connection, changes an answer."
    history = ", then ".join(ask.request.line() for ask in found.history)
    return (
        f"{found.request.request.line()} alone gets `{found.alone.body}`, after {history} it gets `{found.after.body}`."
    )


def _users(words: Vocabulary, spec: Spec) -> None:
    @words.function(_STATELESS, Rfc(6265, "1"))
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
        return secured and specific
