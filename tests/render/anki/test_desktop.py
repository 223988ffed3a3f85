"""AnkiConnect as push knows it: the stand-in of the other tests, and the add-on itself in a running Anki, answer alike.

The add-on is asked where QUIZGEN_ANKICONNECT names its address; its profile must be empty, and is so again afterwards.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any
from urllib.request import Request, urlopen

import pytest
from typer.testing import CliRunner

from quizgen.cli.app import app
from quizgen.render.anki.connect import AnkiConnect
from tests.render.anki.ankiconnect import Actions, serving
from tests.render.anki.author import HEAD, SECOND, THIRD, Author

if TYPE_CHECKING:
    from anki.collection import Collection

ALL = "deck:*"


@pytest.fixture(params=["stand-in", "add-on"])
def address(request: pytest.FixtureRequest, collection: Callable[[str], Collection]) -> Iterator[str]:
    if request.param == "stand-in":
        with serving(Actions(collection("mine"))) as own:
            yield own
        return
    running = os.environ.get("QUIZGEN_ANKICONNECT")
    if not running:
        pytest.skip("QUIZGEN_ANKICONNECT names no running Anki")
    anki = AnkiConnect(running)
    assert anki.ask("findNotes", query=ALL) == [], "this is for an empty profile: it deletes all notes"
    yield running
    anki.ask("deleteNotes", notes=anki.ask("findNotes", query=ALL))


ANSWERS: dict[str, tuple[dict[str, Any], Any, str | None]] = {
    "its version": ({"action": "version"}, 6, None),
    "an action that it lacks": ({"action": "nothing"}, None, "unsupported action"),
    "a key that it has not": ({"action": "version", "key": "x"}, None, "valid api key must be provided"),
    "no query": ({"action": "findNotes"}, [], None),
    "nothing found": ({"action": "findNotes", "params": {"query": "deck:* (mid:1 OR mid:2)"}}, [], None),
    "a note that is gone": ({"action": "notesInfo", "params": {"notes": [1]}}, [{}], None),
    "fields of no note type": ({"action": "modelFieldNames", "params": {"modelName": "x"}}, None, "model was not found: x"),
    "templates of none": ({"action": "modelTemplates", "params": {"modelName": "x"}}, None, "model was not found: x"),
    "the style of none": ({"action": "modelStyling", "params": {"modelName": "x"}}, None, "model was not found: x"),
    "a package that is not there": (
        {"action": "importPackage", "params": {"path": "/x.apkg"}}, None,
        "Failed to open '/x.apkg': No such file or directory (os error 2)",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("asked", "result", "error"), ANSWERS.values(), ids=ANSWERS)
def test_what_it_answers(address: str, asked: dict[str, Any], result: Any, error: str | None) -> None:
    with urlopen(Request(address, json.dumps({"version": 6, **asked}).encode())) as answer:
        assert json.load(answer) == {"result": result, "error": error}


def test_pushes_from_the_first_to_the_removal(address: str, author: Author) -> None:
    anki = AnkiConnect(address)

    def push(content: str) -> list[str]:
        author.later()
        author.write("opening", HEAD + content)
        done = CliRunner().invoke(app, ["push"], env={"ANKICONNECT_URL": address})
        assert done.exit_code == 0, done.output
        return done.output.splitlines()

    def told(name: str) -> Any:
        [one] = anki.ask("notesInfo", notes=anki.ask("findNotes", query=f"Id:lecture/opening/{name}"))
        return one

    def studied() -> bool:
        return bool(anki.ask("findCards", query="Id:lecture/opening/second -is:new"))

    assert push(SECOND + THIRD)[-1].startswith("2 notes added")
    assert push(SECOND + THIRD) == ["0 notes added, 0 updated, 0 tagged as removed, 2 up to date"]
    assert set(told("second")) == {"noteId", "profile", "tags", "fields", "modelName", "mod", "cards"}
    assert anki.ask("answerCards", answers=[{"cardId": told("second")["cards"][0], "ease": 3}]) == [True]
    anki.ask("updateNoteFields", note={"id": told("third")["noteId"], "fields": {"Rationale": "My words"}})
    for words in ("Every SYN", "Each SYN"):
        assert push((SECOND + THIRD).replace("A SYN", words))[:2] == [
            "~ lecture/opening/second", "= lecture/opening/third",
        ]  # fmt: skip
        assert told("second")["fields"]["Rationale"]["value"] == f"{words} occupies one sequence number."
        assert told("third")["fields"]["Rationale"]["value"] == "My words"
    assert push(THIRD)[0] == "- lecture/opening/second"
    assert (told("second")["tags"], studied()) == (["quizgen::removed"], True)
    assert push(SECOND + THIRD)[0] == "~ lecture/opening/second"
    assert ("quizgen::proved" in told("second")["tags"], studied()) == (True, True)
