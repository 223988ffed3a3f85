"""Which mutants a bank notices, and which of its claims notice none."""

from pathlib import Path

from quizgen.check.compile import Checked, compile_paths
from quizgen.check.mutants import Trials, models_in_use, try_mutants

HEAD = "topic: tcp/example\ntitle: An example\nmodel: tcp\n"


def item(id_: str, claim: str, key: str = "true") -> str:
    return f"  - {{id: {id_}, type: true-false, statement: S, claim: '{claim}', key: {key}, rationale: R, source: RFC 9293 §3.4}}\n"


def checked(folder: Path, *items: str, more: str = "") -> Checked:
    file = folder / "example.yaml"
    file.write_text(HEAD + more + "items:\n" + "".join(items), "utf-8")
    made = compile_paths([file])
    assert made.errors == 0
    return made


def tried(folder: Path, *items: str, more: str = "") -> Trials:
    return try_mutants(checked(folder, *items, more=more), ["tcp"], processes=1)


def noticed(made: Trials) -> set[str]:
    return {one.mutant.id for one in made.trials if one.noticed}


FIN = "transition:ESTABLISHED:rcv FIN"
STRONG, WEAK = "next_state(ESTABLISHED, RCV_FIN) == CLOSE_WAIT", "next_state(ESTABLISHED, RCV_FIN) != LISTEN"


def test_a_claim_about_a_row_notices_that_the_row_is_another(tmp_path: Path) -> None:
    found = noticed(tried(tmp_path, item("a", STRONG)))
    assert {f"{FIN}#missing", f"{FIN}#to CLOSING", f"{FIN}#to TIME-WAIT"} <= found
    assert f"{FIN}#without snd ACK" not in found


def test_a_weak_bank_misses_the_mutant_and_names_the_item_that_rests_on_it(tmp_path: Path) -> None:
    made = tried(tmp_path, item("a", WEAK))
    survivors = {one.mutant.id: one.items for one in made.trials if not one.noticed}
    assert survivors[f"{FIN}#missing"] == ("tcp/example/a",)
    assert survivors["flag:SYN#place"] == ()


def test_a_run_notices_rules_that_endpoints_do_not_follow(tmp_path: Path) -> None:
    found = noticed(tried(tmp_path, item("a", "handshake.segment(2).ack == x + 1")))
    assert "rule:syn-occupies-one#off" in found
    assert "transition:LISTEN:rcv SYN#without snd SYN,ACK" in found


def test_a_scenario_that_cannot_run_any_more_is_noticed(tmp_path: Path) -> None:
    found = noticed(tried(tmp_path, item("a", "handshake.state(client) == ESTABLISHED")))
    assert "transition:CLOSED:active OPEN#without snd SYN" in found


def test_an_item_whose_key_is_left_to_the_model_notices_nothing_and_is_no_finding(tmp_path: Path) -> None:
    unkeyed = "  - {id: a, type: short, stem: S, ask: 'next_state(ESTABLISHED, RCV_FIN)', rationale: R, source: RFC 9293 §3.4}\n"
    made = tried(tmp_path, unkeyed)
    assert (noticed(made), made.unkeyed, made.idle, made.found) == (set(), ("tcp/example/a",), (), ())


def test_a_claim_of_two_reasons_never_fails(tmp_path: Path) -> None:
    both = "not (next_state(ESTABLISHED, RCV_FIN) == CLOSING and next_state(LISTEN, RCV_SYN) == CLOSING)"
    made = tried(tmp_path, item("a", STRONG), item("b", f"not ({both})", "false"))
    assert made.idle == ("tcp/example/b",)
    assert [(one.code, one.severity) for one in made.found] == [("QG215", "warning")]


def test_misconceptions_notice_as_well(tmp_path: Path) -> None:
    more = f"misconceptions:\n  m: {{statement: S, claim: 'not ({STRONG})', correction: C, source: RFC 9293 §3.4}}\n"
    made = tried(tmp_path, item("a", "max_window_scale() == 14"), more=more)
    assert f"{FIN}#missing" in noticed(made)
    assert made.idle == ()


def test_processes_and_one_process_find_the_same(tmp_path: Path) -> None:
    items = [item("a", STRONG), item("b", "handshake.segment(2).ack == x + 1"), item("c", WEAK)]
    bank = checked(tmp_path, *items)
    alone, together = (try_mutants(bank, ["tcp", "http"], processes=count) for count in (1, 3))
    assert (alone.idle, alone.unkeyed) == (together.idle, together.unkeyed)
    assert [(one.mutant.id, one.items, one.noticed) for one in alone.trials] == [
        (one.mutant.id, one.items, one.noticed) for one in together.trials
    ]


def test_the_models_in_use_are_those_of_items_and_misconceptions(tmp_path: Path) -> None:
    made = checked(tmp_path, item("a", STRONG), "  - {id: b, type: true-false, statement: S, model: http, claim: 'not is_safe(\"POST\")', key: true, rationale: R, source: RFC 9110 §9.2.1}\n")  # fmt: skip
    assert models_in_use(made.knowledge) == ["tcp", "http"]
