"""AnkiConnect's HTTP API on Anki's own engine, for tests: the actions of version 6 that push and its tests use.

Each action does with the engine what the add-on does (plugin/__init__.py and plugin/web.py of AnkiConnect 25.x), with the same
results and the same words in errors, as seen with Anki 26.9 on a desktop; importPackage goes through the class that Anki keeps
for AnkiConnect. test_desktop.py tries the add-on itself.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import StringIO
from threading import Thread
from typing import TYPE_CHECKING, Any

from tests.render.anki.engine import db

if TYPE_CHECKING:
    from anki.collection import Collection


class Actions:
    """What AnkiConnect can be asked; each method is an action, its arguments the parameters."""

    def __init__(self, collection: Collection, key: str | None = None) -> None:
        self._collection, self._key = collection, key
        self.asked: list[str] = []

    def handle(self, request: dict[str, Any]) -> dict[str, Any]:
        name, params = request.get("action", ""), request.get("params", {})
        self.asked.append(name)
        try:
            if request.get("key") != self._key and name != "requestPermission":
                raise Exception("valid api key must be provided")
            action: Callable[..., Any] | None = None if name.startswith("_") else getattr(type(self), name, None)
            if action is None or name == "handle":
                raise Exception("unsupported action")
            return {"result": action(self, **params), "error": None}
        except Exception as error:
            return {"result": None, "error": str(error)}

    def version(self) -> int:
        return 6

    def multi(self, actions: list[dict[str, Any]]) -> list[Any]:
        return [self.handle({"version": 6, **action}) for action in actions]

    def deckNames(self) -> list[str]:
        return [deck.name for deck in self._collection.decks.all_names_and_ids()]

    def modelNamesAndIds(self) -> dict[str, int]:
        return {kind.name: kind.id for kind in self._collection.models.all_names_and_ids()}

    def modelFieldNames(self, modelName: str) -> list[str]:
        return [field["name"] for field in self._model(modelName)["flds"]]

    def modelTemplates(self, modelName: str) -> dict[str, dict[str, str]]:
        templates = self._model(modelName)["tmpls"]
        return {one["name"]: {"Front": one["qfmt"], "Back": one["afmt"]} for one in templates}

    def modelStyling(self, modelName: str) -> dict[str, str]:
        return {"css": self._model(modelName)["css"]}

    def findNotes(self, query: str | None = None) -> list[int]:
        return [] if query is None else list(map(int, self._collection.find_notes(query)))

    def findCards(self, query: str | None = None) -> list[int]:
        return [] if query is None else list(map(int, self._collection.find_cards(query)))

    def updateNoteFields(self, note: dict[str, Any]) -> None:
        own = self._collection.get_note(note["id"])
        for name, value in note["fields"].items():
            if name in own:
                own[name] = value
        self._collection.update_note(own, skip_undo_entry=True)

    def answerCards(self, answers: list[dict[str, Any]]) -> list[bool]:
        for answer in answers:
            card = self._collection.get_card(answer["cardId"])
            card.start_timer()
            self._collection.sched.answerCard(card, answer["ease"])
        return [True for _ in answers]

    def notesInfo(self, notes: list[int]) -> list[dict[str, Any]]:
        return list(map(self._info, notes))

    def _info(self, number: int) -> dict[str, Any]:
        from anki.errors import NotFoundError
        from anki.notes import NoteId

        try:
            note = self._collection.get_note(NoteId(number))
        except NotFoundError:
            return {}
        kind = note.note_type()
        assert kind is not None
        fields = {part["name"]: {"value": note.fields[part["ord"]], "order": part["ord"]} for part in kind["flds"]}
        cards = db(self._collection).list("select id from cards where nid = ? order by ord", note.id)
        if not cards:
            raise KeyError(number)  # AnkiConnect looks up by note what its query of the cards gave.
        return {
            "noteId": note.id, "profile": "test", "tags": note.tags, "fields": fields, "modelName": kind["name"],
            "mod": note.mod, "cards": cards,
        }  # fmt: skip

    def importPackage(self, path: str) -> bool:
        # The class prints that it is out of use; the push that waits for it must not seem to have said that.
        with redirect_stdout(StringIO()):
            from anki.importing import AnkiPackageImporter  # type: ignore[attr-defined]  # made when it is asked for

            AnkiPackageImporter(self._collection, path).run()
        return True

    def _model(self, name: str) -> Any:
        self._collection.models._clear_cache()
        model = self._collection.models.by_name(name)
        if model is None:
            raise Exception(f"model was not found: {name}")
        return model


@contextmanager
def listening(answer: Callable[[bytes], tuple[int, bytes]]) -> Iterator[str]:
    """A server on a free port of this machine that answers each body with a status and a body; its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            status, body = answer(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(status)
            self.send_header("Content-Type", "text/json")
            if status == 302:
                self.send_header("Location", body.decode())
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def serving(actions: Actions) -> Iterator[str]:
    """AnkiConnect with these actions; its address."""

    def answer(body: bytes) -> tuple[int, bytes]:
        return 200, json.dumps(actions.handle(json.loads(body))).encode() if body else b"AnkiConnect v.6"

    with listening(answer) as address:
        yield address
