"""`quizgen trace`: runs as JSON and as captures, runs with losses and copies, colours."""

import json
import os
import re
import subprocess
from pathlib import Path

import pytest

from tests.cli.command import QUIZGEN, run, terminal


def test_segments_and_states(tmp_path: Path) -> None:
    done = run(tmp_path, "trace", "handshake", "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["scenario"] == "handshake"
    assert told["states"] == {"client": "CLOSED", "server": "CLOSED"}
    assert [(one["number"], one["from"], one["flags"], one["seq"], one["ack"]) for one in told["segments"]] == [
        (1, "client", ["SYN"], "x", None),
        (2, "server", ["SYN", "ACK"], "y", "x + 1"),
        (3, "client", ["ACK"], "x + 1", "y + 1"),
    ]
    assert {one["fate"] for one in told["segments"]} == {"DELIVERED"}
    assert told["segments"][1]["states"] == {"client": "ESTABLISHED", "server": "SYN-RECEIVED"}
    assert told["segments"][2]["states"] == {"client": "ESTABLISHED", "server": "ESTABLISHED"}


def test_fates_and_origins(tmp_path: Path) -> None:
    told = json.loads(run(tmp_path, "trace", "lost_last_ack", "--json").stdout)["segments"]
    assert "LOST" in {one["fate"] for one in told}
    assert "RETRANSMITTED" in {one["origin"] for one in told}


def test_only_tcp_runs_are_written(tmp_path: Path) -> None:
    done = run(tmp_path, "trace", "login_cookie", "--json")
    assert (done.returncode, "is no TCP run" in done.stderr, done.stdout) == (2, True, "")


@pytest.mark.parametrize(("title", "lang", "shown"), [("Own", "en", "Own"), ("{zh: 我的}", "en", "我的")])
def test_a_drawing_has_the_title_that_there_is(tmp_path: Path, title: str, lang: str, shown: str) -> None:
    file = tmp_path / "own.yaml"
    file.write_text(f"model: tcp\nscenarios:\n  own: {{title: {title}, run: [established]}}\n", "utf-8")
    done = run(tmp_path, "trace", "own", file, "--svg", "--lang", lang)
    assert (done.returncode, f">{shown}</title>" in done.stdout) == (0, True), done.stderr


def test_one_output_at_a_time(tmp_path: Path) -> None:
    done = run(tmp_path, "trace", "handshake", "--json", "--svg")
    assert (done.returncode, "exclude each other" in done.stderr) == (2, True)


def lines(tmp_path: Path, *args: str) -> tuple[int, list[str], str]:
    """Exit status, the drawn messages without their strokes, and what standard error says."""
    done = run(tmp_path, "trace", *args)
    drawn = [" ".join(line.strip("│╷ ─◀▶").split()) for line in re.findall(r"[│○].*[│]", done.stdout)]
    return (
        done.returncode,
        [re.sub("[─◀▶│]+", "", line).strip() for line in drawn if re.search(r"\d", line)],
        done.stderr,
    )


# Arguments, the messages that are drawn, and the words on standard error.
CHANGED = {
    "lose": (["handshake", "--lose", "2"], ["1 SYN SEQ=x", "lost ✗ 2 SYN,ACK SEQ=y ACK=x+1", "3 SYN,ACK SEQ=y ACK=x+1", "4 ACK SEQ=x+1 ACK=y+1"], ""),
    "lose twice": (["handshake", "--lose", "2", "--lose", "3"], ["1 SYN SEQ=x", "lost ✗ 2 SYN,ACK SEQ=y ACK=x+1", "lost ✗ 3 SYN,ACK SEQ=y ACK=x+1", "4 SYN,ACK SEQ=y ACK=x+1", "5 ACK SEQ=x+1 ACK=y+1"], ""),
    "wrap around": (["handshake", "--iss", "4294967295,0"], ["1 SYN SEQ=4294967295", "2 SYN,ACK SEQ=0 ACK=0", "3 ACK SEQ=0 ACK=1"], ""),
    "forged numbers move along": (["rst_in_window", "--iss", "4294967290, 5"], ["○╌ 1 RST SEQ=0 (forged) ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌", "2 ACK SEQ=6 ACK=4294967291"], ""),
    "a step that cannot happen": (["rst_in_window", "--lose", "1"], ["○╌ 1 RST SEQ=x+6 (forged) ╌╌╌╌✗ lost"], "step 4 (`deliver`) is left out: what is segment 2 without the loss or copy is not on the wire\n"),
    "a step with a map": (["syn_in_established", "--duplicate", "1", "--iss", "0,0"], None, ""),
}  # fmt: skip


@pytest.mark.parametrize(("args", "drawn", "said"), CHANGED.values(), ids=CHANGED)
def test_changed_runs(tmp_path: Path, args: list[str], drawn: list[str] | None, said: str) -> None:
    code, found, error = lines(tmp_path, *args)
    assert (code, error) == (0, said)
    if drawn is not None:
        assert [line.rstrip("╌ ") for line in found] == [line.rstrip("╌ ") for line in drawn]
    else:
        assert any("(duplicate)" in line for line in found)


REFUSED = {
    "no such segment": (["handshake", "--lose", "4"], "this run has 3 segments, numbered from 1; there is no segment 4"),
    "segment 0": (["handshake", "--duplicate", "0"], "there is no segment 0"),
    "lost anyway": (["lost_syn", "--lose", "1"], "segment 1 is lost in this scenario anyway"),
    "no number": (["handshake", "--lose", "SYN"], "not a valid int"),
    "one ISS": (["handshake", "--iss", "1"], "is not two numbers from 0 to 4294967295"),
    "ISS too great": (["handshake", "--iss", "1,4294967296"], "is not two numbers from 0 to 4294967295"),
    "lose in another model": (["login_cookie", "--lose", "1"], "`--lose` is about TCP segments"),
    "ISS in another model": (["login_cookie", "--iss", "1,2"], "`--iss` is about TCP segments"),
    "pcap of another model": (["login_cookie", "--pcap", "x.pcap"], "`--pcap` is about TCP segments"),
    "against a changed run": (["handshake", "--lose", "1", "--against", "kernel"], "`--against` runs a scenario as it is written"),
    "two things on standard output": (["handshake", "--pcap", "-", "--json"], "only one thing can go to standard output"),
    "pcap nowhere": (["handshake", "--pcap", "nowhere/x.pcap"], "cannot write `nowhere/x.pcap`: No such file or directory"),
    "pcap in the place of a folder": (["handshake", "--pcap", "."], "cannot write `.`: Is a directory"),
}  # fmt: skip


@pytest.mark.parametrize(("args", "words"), REFUSED.values(), ids=REFUSED)
def test_wrong_usage(tmp_path: Path, args: list[str], words: str) -> None:
    done = run(tmp_path, "trace", *args)
    assert (done.returncode, done.stdout, words in done.stderr) == (2, "", True), done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_segment_that_ipv4_cannot_carry(tmp_path: Path) -> None:
    steps = "[established, forge: {from: client, flags: ACK, length: 65496}]"
    (tmp_path / "own.yaml").write_text(f"model: tcp\nscenarios:\n  long: {{title: T, run: {steps}}}\n", "utf-8")
    done = run(tmp_path, "trace", "long", "own.yaml", "--pcap", "x.pcap")
    assert (done.returncode, "IPv4 carries 65535" in done.stderr) == (2, True)


def test_a_capture_beside_the_ladder_and_alone(tmp_path: Path) -> None:
    done = run(tmp_path, "trace", "handshake", "--lose", "1", "--pcap", "run.pcap")
    assert (done.returncode, done.stderr) == (0, "run.pcap: 4 packets\n")
    assert "SYN-RECEIVED" in done.stdout
    alone = subprocess.run(
        [*QUIZGEN, "trace", "handshake", "--lose", "1", "--pcap", "-"], cwd=tmp_path, capture_output=True, check=True
    )
    assert alone.stdout == (tmp_path / "run.pcap").read_bytes()
    assert [one.name for one in tmp_path.iterdir()] == ["run.pcap"]


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
def test_a_terminal_gets_no_capture(tmp_path: Path) -> None:
    shown = terminal(tmp_path, "trace", "handshake", "--pcap", "-")
    assert "a capture is nothing for a terminal" in shown


def test_the_json_of_a_changed_run(tmp_path: Path) -> None:
    told = json.loads(run(tmp_path, "trace", "handshake", "--lose", "2", "--iss", "7,9", "--json").stdout)["segments"]
    assert [(one["seq"], one["fate"], one["origin"]) for one in told] == [
        ("7", "DELIVERED", "SENT"), ("9", "LOST", "SENT"), ("9", "DELIVERED", "RETRANSMITTED"), ("8", "DELIVERED", "SENT"),
    ]  # fmt: skip


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
def test_each_end_has_a_colour_on_a_terminal_only(tmp_path: Path) -> None:
    environment = {key: text for key, text in os.environ.items() if key != "NO_COLOR"}
    shown = terminal(tmp_path, "trace", "handshake", **environment)
    cyan, magenta = re.findall(r"\x1b\[36m([^\x1b]*)", shown), re.findall(r"\x1b\[35m([^\x1b]*)", shown)
    assert {"client", "SYN-SENT"} <= set(cyan)
    assert any("1 SYN SEQ=x" in text for text in cyan)
    assert any("2 SYN,ACK" in text for text in magenta)
    assert "SYN-RECEIVED" in {text.strip() for text in magenta}
    assert "\x1b" not in terminal(tmp_path, "trace", "handshake", NO_COLOR="1")
    assert "\x1b" not in terminal(tmp_path, "trace", "handshake", **{**environment, "TERM": "dumb"})
    assert "\x1b" not in run(tmp_path, "trace", "handshake").stdout
