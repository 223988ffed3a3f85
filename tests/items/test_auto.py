"""`distractors: auto`: what is proposed in which order, that it is wrong, and what it says to who picks it."""

from functools import cache
from pathlib import Path

import pytest

from quizgen.check.compile import shipped_scenarios
from quizgen.claims.kinds import show
from quizgen.items.auto import propose
from quizgen.items.case import Case, is_answer
from quizgen.items.question import Option
from quizgen.items.shared import Shared
from quizgen.items.variants import Variant, variants
from quizgen.knowledge.knowledge import Entry
from quizgen.knowledge.load import load
from quizgen.models import BUILTIN
from tests.items.judging import compiled, item, questions

ROOT = Path(__file__).parents[2]


def distractors(folder: Path, body: str, *, head: str = "") -> tuple[Option, ...]:
    checked = compiled(folder, item("choice", f"stem: S\n{body}").replace("items:\n", f"{head}items:\n"))
    assert {one.code for one in checked.found} <= {"QG315"}  # a misconception that is not recognised is used by none
    (question,) = checked.bank.questions
    assert [option.right for option in question.options] == [True] + [False] * (len(question.options) - 1)
    return question.options[1:]


ORDER = {
    "the other end, then steps": ("handshake.state(client, after=1)", ["SYN-RECEIVED", "ESTABLISHED", "CLOSED"]),
    "steps at the other end": ("handshake.state(server, after=3)", ["SYN-RECEIVED", "SYN-SENT", "CLOSED"]),
    "another segment, the forgotten one, one too many": ("handshake.segment(2).ack", ["y + 1", "x", "x + 2"]),
    "flags of the segments beside": ("handshake.segment(2).flags", ["SYN", "ACK", "FIN, ACK"]),
    "flags that segments have": ("lost_syn.segment(1).flags", ["SYN, ACK", "ACK", "RST"]),
    "slips with FIN": ("acknowledges(1000, 10, FIN)", ["1010", "1001", "1012"]),
    "slips at wrap-around": ("acknowledges(4294967290, 10)", ["4294967300", "4294967291", "5"]),
    "a slip, then the other end's number": ("acknowledges(x + 1, 0, FIN)", ["x + 1", "x + 3", "y + 2"]),
    "another state, then another event": ("next_state(ESTABLISHED, CLOSE)", ["CLOSED", "LAST-ACK", "CLOSE-WAIT"]),
    "what the question names comes last": ("next_state(CLOSE_WAIT, CLOSE)", ["FIN-WAIT-1", "CLOSED", "CLOSING"]),
    "words of 32 bits": ("header_length(6)", ["6 bytes", "12 bytes", "44 bytes"]),
    "other fields": ("field_width(WINDOW)", ["4 bits", "16 bytes", "32 bits"]),
    "powers of two": ("scaled_window(highest(WINDOW), 0)", ["65536 bytes", "32767 bytes", "65535 bits"]),
    "editions": ("count(control_flags(RFC_9293))", ["9", "7", "6"]),
    "one MSL": ("time_wait_length()", ["2 min", "4 h", "8 min"]),
    "sets of states, but not the state asked about": (
        "next_states(TIME_WAIT, RCV_SYN)", ["LISTEN, TIME-WAIT", "CLOSED, SYN-RECEIVED", "CLOSED"],
    ),
    "other terms of the answer's domain": (
        "old_duplicate_syn.segment(3).fate", ["delivered", "lost", "on the wire"],
    ),
    "moments": (
        "handshake.enters(server, ESTABLISHED)",
        ["when segment 2 arrives", "when segment 1 arrives", "when the server calls OPEN passive"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("ask", "texts"), ORDER.values(), ids=ORDER)
def test_order(tmp_path: Path, ask: str, texts: list[str]) -> None:
    found = distractors(tmp_path, f"ask: {ask}\ndistractors: auto")
    assert [option.text["en"] for option in found] == texts
    assert all(option.why["en"].endswith(".") for option in found)


AMOUNTS = {
    "three": ("auto", 3), "in a list": ("[auto]", 3), "two": ("{auto: 2}", 2), "four": ("{auto: 4}", 4),
    "beside one": ("[LISTEN, auto]", 3), "beside two": ("[LISTEN, CLOSE-WAIT, {auto: 4}]", 4),
}  # fmt: skip


@pytest.mark.parametrize(("wanted", "number"), AMOUNTS.values(), ids=AMOUNTS)
def test_how_many(tmp_path: Path, wanted: str, number: int) -> None:
    found = distractors(tmp_path, f"ask: handshake.state(client, after=1)\nkey: SYN-SENT\ndistractors: {wanted}")
    assert len({option.text["en"] for option in found}) == len(found) == number


BESIDE = {
    "a value": "[SYN_RECV, auto]",
    "a value behind": "[auto, SYN-RECEIVED]",
    "prose that reads the same": "[{text: syn-received, claim: 1 == 2}, auto]",
    "a value shown otherwise": "[{value: SYN-RECEIVED, text: the half-open state}, auto]",
}


@pytest.mark.parametrize("wanted", BESIDE.values(), ids=BESIDE)
def test_what_the_author_has_is_not_proposed_again(tmp_path: Path, wanted: str) -> None:
    found = distractors(tmp_path, f"ask: handshake.state(client, after=1)\ndistractors: {wanted}")
    assert [option.text["en"] for option in found[1:]] == ["ESTABLISHED", "CLOSED"]


def misconception(claim: str, answer: str | None = None) -> str:
    more = f", answer: {answer}" if answer else ""
    return f"misconceptions:\n  m: {{statement: S, claim: '{claim}', correction: C, source: RFC 1{more}}}\n"


HELD = {
    "says what is asked": (misconception("handshake.segment(2).ack == x - 1"), "", "x - 1"),
    "the other way round": (misconception("x - 1 == handshake.segment(2).ack"), "", "x - 1"),
    "in a part": (misconception("1 == 1 and handshake.segment(2).ack == y"), "", "y"),
    "gives its answer": (misconception("handshake.segment(2).ack <= x", "x - 5"), "", "x - 5"),
    "named by the item": (misconception("1 == 2", "x - 7"), "misconception: m", "x - 7"),
}


@pytest.mark.parametrize(("head", "named", "first"), HELD.values(), ids=HELD)
def test_a_misconception_comes_first(tmp_path: Path, head: str, named: str, first: str) -> None:
    found = distractors(tmp_path, f"ask: handshake.segment(2).ack\ndistractors: auto\n{named}", head=head)
    assert (found[0].text["en"], found[0].why["en"], found[0].misconception) == (first, "C", "m")
    assert [option.misconception for option in found[1:]] == [None, None]


NOT_HELD = {
    "about something else": misconception("handshake.segment(3).ack == x"),
    "an answer about something else": misconception("handshake.segment(3).ack == x", "x - 5"),
    "another kind": misconception("handshake.segment(2).ack <= x", "LISTEN"),
    "the right answer": misconception("handshake.segment(2).ack <= x", "x + 1"),
}


@pytest.mark.parametrize("head", NOT_HELD.values(), ids=NOT_HELD)
def test_a_misconception_that_does_not_answer_this(tmp_path: Path, head: str) -> None:
    found = distractors(tmp_path, "ask: handshake.segment(2).ack\ndistractors: auto", head=head)
    assert [(option.text["en"], option.misconception) for option in found][:2] == [("y + 1", None), ("x", None)]


def test_a_misconception_is_recognised_in_the_variant_that_it_is_about(tmp_path: Path) -> None:
    head = misconception("handshake.state(client, after=1) == LISTEN")
    body = "stem: '{end} {n}'\nfor: {end: [client, server], n: [1, 2]}\nask: handshake.state(end, after=n)\ndistractors: auto"
    checked = compiled(tmp_path, item("choice", body).replace("items:\n", f"{head}items:\n"))
    assert checked.found == []
    firsts = {one.id.partition("#")[2]: one.options[1] for one in checked.bank.questions}
    assert {name: option.misconception for name, option in firsts.items()} == {
        "end=client,n=1": "m", "end=client,n=2": None, "end=server,n=1": None, "end=server,n=2": None,
    }  # fmt: skip


WHY = {
    "end": ("handshake.state(client, after=1)", "SYN-RECEIVED", "That is right for the server, not for the client.",
            "那是服务器的情况，题目问的是客户端。"),
    "step": ("handshake.state(client, after=1)", "ESTABLISHED", "That is right once segment 2 has arrived.",
             "第 2 个报文段到达之后才是这样。"),
    "step at the other end": ("handshake.state(server, after=3)", "SYN-SENT",
                              "That is right for the client, not for the server (once segment 1 has arrived).",
                              "那是客户端的情况，题目问的是服务器（第 1 个报文段到达之后）。"),
    "the SYN's number": ("handshake.segment(2).ack", "x", "x is the number of the client's SYN itself, which occupies it.",
                         "x 是客户端的 SYN 自己占用的序号。"),
    "another state": ("next_state(ESTABLISHED, CLOSE)", "LAST-ACK", "That is right for CLOSE-WAIT, not for ESTABLISHED.",
                      "“CLOSE-WAIT”才是这样，题目问的是“ESTABLISHED”。"),
    "another event": ("next_state(ESTABLISHED, CLOSE)", "CLOSE-WAIT",
                      "From ESTABLISHED, it is rcv FIN that leads to CLOSE-WAIT.",
                      "在 ESTABLISHED 中，“收到 FIN”才会进入 CLOSE-WAIT。"),
    "flags": ("handshake.segment(2).flags", "FIN, ACK", "It lacks SYN. FIN does not belong to it.", "缺少 SYN。不应包括 FIN。"),
}  # fmt: skip


@pytest.mark.parametrize(("ask", "text", "en", "zh"), WHY.values(), ids=WHY)
def test_why(tmp_path: Path, ask: str, text: str, en: str, zh: str) -> None:
    body = item("choice", f"stem: S\nask: {ask}\ndistractors: auto").replace(
        "title: An example", "title: {en: T, zh: 题}"
    )
    (question,) = compiled(tmp_path, body).bank.questions
    whys = {option.text["en"]: option.why for option in question.options}
    assert whys[text] == {"en": en, "zh": zh}


def test_a_language_that_the_models_do_not_speak(tmp_path: Path) -> None:
    body = item("choice", "stem: S\nask: handshake.state(client)\ndistractors: auto").replace(
        "An example", "{en: T, de: D}"
    )
    (question,) = compiled(tmp_path, body).bank.questions
    assert all(option.why["de"] == option.why["en"] for option in question.options[1:])


def test_every_variant_has_its_own(tmp_path: Path) -> None:
    body = "stem: S {n}\nfor: {n: [1, 2, 3]}\nask: handshake.segment(n).flags\ndistractors: auto"
    found = {
        one.options[0].text["en"]: {o.text["en"] for o in one.options[1:]}
        for one in questions(tmp_path, "choice", body)
    }
    assert found.keys() == {"SYN", "SYN, ACK", "ACK"}
    assert all(key not in wrong for key, wrong in found.items())


def test_a_figure_item(tmp_path: Path) -> None:
    body = "stem: S\nfigure: {scenario: handshake, mask: 'message:2'}\nask: handshake.segment(2).ack\ndistractors: auto"
    (question,) = questions(tmp_path, "figure", body)
    assert [option.text["en"] for option in question.options] == ["x + 1", "y + 1", "x", "x + 2"]


def test_proposals_are_no_evidence(tmp_path: Path) -> None:
    """What the item rests on is what its own question touches."""
    ask = "stem: S\nask: next_state(CLOSE_WAIT, CLOSE)\n"
    plain, auto = (
        compiled(tmp_path, item("choice", ask + more))
        for more in ("distractors: [CLOSED, LISTEN]", "distractors: auto")
    )
    assert plain.judged.elements == auto.judged.elements
    assert plain.bank.questions[0].evidence == auto.bank.questions[0].evidence


@cache
def shipped() -> Shared:
    knowledge, _ = load([ROOT / "content"])
    return Shared(knowledge, knowledge.languages, shipped_scenarios(BUILTIN))


@cache
def asks() -> dict[str, tuple[Entry, Variant]]:
    """Every `ask` of the shipped items, in every variant that is shown and the first that are not, by a name for it."""
    shared, found = shipped(), {}
    for topic in shared.knowledge.topics.values():
        for entry in topic.items:
            if getattr(entry.spec, "ask", None) and not entry.spec.cited and "left" not in entry.spec.ask:
                probe = Case(entry, shared.names(entry.models), shared)
                for number, variant in enumerate(variants(probe)[:24], 1):
                    found[f"{topic.id}/{entry.id}#{variant.name or number}"] = entry, variant
    return found


@pytest.mark.parametrize(("entry", "variant"), asks().values(), ids=asks())
def test_proposals_to_shipped_items_are_wrong_distinct_and_stable(entry: Entry, variant: Variant) -> None:
    shared = shipped()
    runs = []
    for _ in range(2):
        case = Case(entry, shared.names(entry.models).bind(variant.bound), shared, variant.bound)
        case.answer = case.ask(entry.spec.ask, case.node("ask"))
        assert is_answer(case.answer) or case.answer.show()
        runs.append(propose(case, 20, []))
        assert case.found == []
    first, again = runs
    assert first == again
    for lang in shared.languages:
        texts = [show(case.answer, lang).casefold(), *(option.text[lang].casefold() for option in first)]
        assert len(set(texts)) == len(texts)
        assert all(option.why[lang] and "{" not in option.why[lang] for option in first)
    for option in first:
        assert option.text["en"].strip() not in ("", "–")
        if isinstance(case.answer, str):
            assert option.text["en"] != case.answer
        else:
            assert case.read(option.text["en"], case.answer) != case.answer


def test_most_kinds_of_shipped_items_get_enough() -> None:
    """Of the shipped questions with a value that has neighbours, nearly all could have their distractors proposed."""
    shared, enough = shipped(), 0
    asked = [one for one in asks().values() if one[0].spec.type in ("choice", "figure", "numeric")]
    for entry, variant in asked:
        case = Case(entry, shared.names(entry.models).bind(variant.bound), shared, variant.bound)
        case.answer = case.ask(entry.spec.ask, case.node("ask"))
        enough += len(propose(case, 3, [])) >= 2
    assert enough > 0.75 * len(asked)
