"""The writer of ladders that cookies and sessions share."""

from quizgen.models.cookies.ladder import LadderWriter
from quizgen.models.figure import Message, Moment


def test_a_ladder_is_written_down_moment_by_moment() -> None:
    writer = LadderWriter("none", "idle")
    writer.request("GET /", "busy")
    writer.response("200", "sid=1", "a note")
    writer.request("GET /x", "fooled", forged=True)
    writer.response("403", "sid=2", forged=True)
    writer.browser = "gone"
    writer.event("browser", "restarted")
    ladder = writer.ladder()
    assert ladder.ends == ("browser", "server")
    assert ladder.moments == (
        Moment({"browser": "none", "server": "idle"}, {}),
        Moment({"browser": "none", "server": "busy"}, {}),
        Moment({"browser": "sid=1", "server": "busy"}, {}),
        Moment({"browser": "sid=1", "server": "fooled"}, {}),
        Moment({"browser": "sid=2", "server": "fooled"}, {}),
        Moment({"browser": "gone", "server": "fooled"}, {"browser": "restarted"}),
    )
    assert ladder.messages == (
        Message("browser", "GET /", 0, 1, "arrives", ""),
        Message("server", "200", 1, 2, "arrives", "a note"),
        Message("browser", "GET /x", 2, 3, "forged", ""),
        Message("server", "403", 3, 4, "forged", ""),
    )
