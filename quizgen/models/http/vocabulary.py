"""The words that claims about HTTP may use. Each group of words is made for one Spec, so that a mutant has its own."""

from __future__ import annotations

from dataclasses import replace

from quizgen.models.base import ModelError, Rfc, Vocabulary, because, shows, touch
from quizgen.models.http import message_words, pipeline_words, stateless_words
from quizgen.models.http.exchange import BY_CLOSE, BY_LENGTH, Ask, Batch, after_exchange
from quizgen.models.http.framing import Head, body_rule
from quizgen.models.http.handlers import HANDLERS, STATIC_PAGE
from quizgen.models.http.message import (
    CLIENT,
    ENDS,
    FRAMED,
    HTTP_1_0,
    HTTP_1_1,
    HTTP_2,
    HTTP_3,
    NO_CONNECTION_FIELD,
    SERVER,
    VERSIONS,
    Request,
    admitting,
    options,
    version_of,
)
from quizgen.models.http.persistence import decide
from quizgen.models.http.run import Run
from quizgen.models.http.server import answered, play
from quizgen.models.http.spec import Spec
from quizgen.models.values import Domain, Term

_PERSISTENCE, _TEARDOWN = Rfc(9112, "9.3"), Rfc(9112, "9.6")
_GOAWAY_FIRST = {HTTP_2: Rfc(9113, "9.1"), HTTP_3: Rfc(9114, "5.2")}

SIGNALS = Domain("signal of closing", ("Connection: close", "GOAWAY"), aliases={"close": "Connection: close"})
CLOSE_OPTION, GOAWAY = SIGNALS.terms()


def vocabulary(spec: Spec) -> Vocabulary:
    """Every word, for that spec."""
    words = Vocabulary()
    _constants(words)
    _persistence(words, spec)
    _closing(words, spec)
    message_words.add(words, spec)
    pipeline_words.add(words, spec)
    stateless_words.add(words, spec)
    return words


def _constants(words: Vocabulary) -> None:
    for version in VERSIONS.terms():
        words.constant(version.identifier, version, f"{version}, a version of the protocol.", Rfc(9110, "2.5"))
    for handler in HANDLERS:
        words.constant(handler.name, handler, f"A server that offers {handler.title['en']}.", handler.cite)
    words.constant("VERSIONS", VERSIONS.terms(), "The versions of HTTP, from HTTP/1.0 on.", Rfc(9110, "2.5"))
    words.constant(
        "HANDLERS", HANDLERS, "Every server that the model knows, to go through in a claim.", Rfc(9110, "3.3")
    )
    words.constant(CLIENT, ENDS.term(CLIENT), "The end that sends requests.", Rfc(9110, "3.3"))
    words.constant(SERVER, ENDS.term(SERVER), "The end that sends responses.", Rfc(9110, "3.3"))
    words.constant("CLOSE_OPTION", CLOSE_OPTION, "The field by which HTTP/1.1 announces a closing.", _TEARDOWN)
    words.constant("GOAWAY", GOAWAY, "The frame by which HTTP/2 and HTTP/3 announce a closing.", Rfc(9113, "6.8"))


def _persistence(words: Vocabulary, spec: Spec) -> None:
    @words.function(_PERSISTENCE)
    def persists(version: Term, connection: str = "", delimited: bool = True, honoured: bool = True) -> bool:
        """Whether the connection stays open after the exchange, by the version and Connection field ("close",
        "keep-alive") of the message. `delimited`: its length is told otherwise than by the end of the connection.
        `honoured`: the recipient honours HTTP/1.0 keep-alive and is no proxy that received a request. Raises for a
        Connection field in HTTP/2 or HTTP/3, which have none.
        """
        rule = decide(spec.rules, admitting(version, connection), connection, delimited=delimited, consents=honoured)
        touch(rule.id)
        because(f"{rule.title['en']}.", rule.cite)
        shows(_two_requests(spec, version, connection, delimited, honoured))
        return rule.persists

    @words.function(_PERSISTENCE)
    def may_request_again(version: Term, sent: str = "", received: str = "") -> bool:
        """Whether a client may send a further request on the connection: not once it has sent or received close, nor
        after an HTTP/1.0 response without keep-alive. `version` is the response's; the others Connection fields, which
        HTTP/2 and HTTP/3 do not have.
        """
        touch("rule:no-request-after-close")
        rule = decide(spec.rules, admitting(version, sent, received), received, delimited=True, consents=True)
        touch(rule.id)
        because("A client may send requests until it sends or receives close, or HTTP/1.0 ends it.", _PERSISTENCE)
        over = "close" in options(sent) or not rule.persists
        return not over or not spec.applies("rule:no-request-after-close")

    _whole_exchange(words, spec)


def _whole_exchange(words: Vocabulary, spec: Spec) -> None:
    @words.function(_PERSISTENCE)
    def stays_open(
        version: Term = HTTP_1_1, sent: str = "", received: str = "", *, answered_in: Term | None = None,
        method: str = "GET", status: int = 200, transfer_encoding: str | None = None,
        content_length: str | None = "1", body_read: bool = True,
    ) -> bool:  # fmt: skip
        """Whether the connection stays open for further requests after a whole exchange. Of the request: its `version`,
        its Connection field (`sent`) and `method`, and whether the server has read all of it (`body_read`). Of the
        response: its Connection field (`received`), its version (`answered_in`; None: the request's) and what tells its
        length (`content_length=None` for no such field).
        """
        told = admitting(version if answered_in is None else answered_in, received)
        final = message_words.final_status(status)
        response = Head(told, message_words.method_name(method), final, transfer_encoding, content_length)
        request = Request(method, "/page", version=admitting(version, sent), connection=sent)
        rule = after_exchange(spec, request, response, received, body_read=body_read)
        # Where it stays open, that rests on the response's body being delimited, too.
        touch(rule.id, *([body_rule(spec.bodies, response).id] if rule.persists else []))
        because(f"{rule.title['en']}.", rule.cite)
        return rule.persists


def _two_requests(spec: Spec, version: Term, connection: str, delimited: bool, honoured: bool) -> Run:
    """Two requests: the second on the same connection if it is open after the first, else on a new one."""
    request = Request("GET", "/page", version=version, connection=connection)
    length = BY_LENGTH if delimited else BY_CLOSE
    ask = Ask(request, length=length, closing=version == HTTP_1_0 and not honoured)
    stays = decide(spec.rules, version, connection, delimited=delimited, consents=honoured).persists
    return answered(spec, STATIC_PAGE, (ask, replace(ask, on=1 if stays else 2)))


def _closing(words: Vocabulary, spec: Spec) -> None:
    @words.function(Rfc(9112, "9.5"))
    def may_close(end: Term) -> bool:
        """Whether that end (client, server) may close the connection at any time."""
        touch("rule:may-close-any-time")
        because("A client, a server or a proxy may close the transport connection at any time.", Rfc(9112, "9.5"))
        _end(end)
        return spec.applies("rule:may-close-any-time")

    @words.function(_TEARDOWN)
    def must_close(end: Term, sent: str = "", received: str = "") -> bool:
        """Whether that end has to close once the response is complete, by the Connection fields that it sent and
        received: each end after a close of either side's.
        """
        rule = f"rule:{_end(end)}-closes-after-close"
        touch(rule)
        because("close signals that the sender will close the connection after the response.", _TEARDOWN)
        return "close" in options(f"{sent}, {received}") and spec.applies(rule)

    @words.function(_TEARDOWN)
    def response_may_be_lost(staged: bool = False, more_sent: bool = True) -> bool:
        """Whether a server's closing can cost the client its last response. `staged`: the server first closes for
        sending only and reads on; `more_sent`: data of the client arrive that the server has not read (a pipelined
        request, the rest of a body), which a connection that is wholly closed answers by a reset.
        """
        touch("rule:staged-close")
        because("Data that arrive at a closed socket draw a reset, which may erase what the client has not read.", _TEARDOWN)  # fmt: skip
        return more_sent and not (staged and spec.applies("rule:staged-close"))

    @words.function(_TEARDOWN)
    def answered_after_half_close() -> bool:
        """Whether a client that closes its side for sending after a request still gets the response."""
        touch("rule:half-close-is-no-end")
        run = play(spec, STATIC_PAGE, (Batch((Ask(Request("GET", "/page")),), half_close=True),))
        shows(run)
        because("A half-close by the client does not mean that it is no longer interested in a response.", _TEARDOWN)
        return run.exchanges == 1

    _announcing(words, spec)


def _announcing(words: Vocabulary, spec: Spec) -> None:
    @words.function(Rfc(9113, "8.2.2"))
    def has_connection_field(version: Term) -> bool:
        """Whether messages of that version may carry a Connection field; in HTTP/2 and HTTP/3 it makes them malformed."""
        touch("rule:no-connection-field")
        framed = version_of(version) in FRAMED
        reason = "Fields about the connection have no place in a message on a stream."
        because(reason if framed else "Connection lists what is meant for this connection.", NO_CONNECTION_FIELD.get(version, Rfc(9110, "7.6.1")))  # fmt: skip
        return not framed or not spec.applies("rule:no-connection-field")

    @words.function(_TEARDOWN)
    def announces_closing(version: Term) -> Term:
        """By what an end says that it is going to close: CLOSE_OPTION in HTTP/1.x, GOAWAY in HTTP/2 and HTTP/3."""
        framed = version_of(version) in FRAMED
        touch("rule:goaway" if framed else "rule:close-option")
        because("The end that intends to close says so first.", _GOAWAY_FIRST.get(version, _TEARDOWN))
        return GOAWAY if framed and spec.applies("rule:goaway") else CLOSE_OPTION

    @words.function(Rfc(9113, "6.8"))
    def may_have_been_processed(stream: int, last: int) -> bool:
        """Whether the server of HTTP/2 may have processed the request on `stream` (1, 3, 5, ...) when its GOAWAY names
        stream `last`. What it has not processed is safe to send again, whatever the method.
        """
        if stream < 1 or stream % 2 == 0 or last < 0:
            raise ModelError("requests of HTTP/2 are on streams 1, 3, 5, and so on")
        touch("rule:goaway")
        because("GOAWAY names the last stream that its sender might have processed.", Rfc(9113, "6.8"))
        return stream <= last or not spec.applies("rule:goaway")


def _end(end: Term) -> str:
    if str(end) not in ENDS.members:
        raise ModelError(f"`{end}` is no end of a connection: it is client or server")
    return str(end)
