"""`quizgen trace --json`."""

import json

from tests.cli.test_commands import run


def test_segments_and_states(tmp_path):
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


def test_fates_and_origins(tmp_path):
    told = json.loads(run(tmp_path, "trace", "lost_last_ack", "--json").stdout)["segments"]
    assert "LOST" in {one["fate"] for one in told}
    assert "RETRANSMITTED" in {one["origin"] for one in told}


def test_only_tcp_runs_are_written(tmp_path):
    done = run(tmp_path, "trace", "login_cookie", "--json")
    assert (done.returncode, "is no TCP run" in done.stderr, done.stdout) == (2, True, "")


def test_one_output_at_a_time(tmp_path):
    done = run(tmp_path, "trace", "handshake", "--json", "--svg")
    assert (done.returncode, "exclude each other" in done.stderr) == (2, True)
