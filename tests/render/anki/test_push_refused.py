"""`quizgen push` that cannot do what was asked: what it says, where it sends nothing, and which addresses it will not go to."""

from __future__ import annotations

import errno
import json
import os
import re
import socket
from pathlib import Path
from typing import NoReturn

import pytest
from typer.testing import CliRunner

from quizgen.cli.app import app
from tests.render.anki.ankiconnect import Actions, listening, serving
from tests.render.anki.author import CHANGED, HEAD, THIRD, Author
from tests.render.anki.conftest import Open
from tests.render.anki.desk import Desk
from tests.render.anki.engine import note_type


def test_a_note_type_without_a_field_is_refused(desk: Desk) -> None:
    desk.push()
    kind = note_type(desk.mine, "quizgen choice (en)")
    desk.mine.models.rename_field(kind, kind["flds"][5], "Why")
    desk.mine.models.update_dict(kind)
    before = desk.snapshot()
    done = desk.run()
    assert done.exit_code == 1
    assert "the note type `quizgen choice (en)` in Anki lacks `Rationale`" in done.output
    assert desk.snapshot() == before


def test_what_anki_did_not_take_is_said(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Actions, "importPackage", lambda self, path: True)
    done = desk.run()
    assert done.exit_code == 1
    assert "Anki did not take lecture/opening/second" in done.output


def test_nothing_is_sent_where_the_lock_cannot_be_written(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.author.build()
    desk.author.write("opening", HEAD + CHANGED + THIRD)
    monkeypatch.setattr(Path, "replace", refuse)
    done = desk.run()
    assert (done.exit_code, desk.mine.note_count()) == (1, 0), done.output
    assert f"nothing was sent, for {desk.author.lock} cannot be written: No space left on device" in done.output


def refuse(*_: object) -> NoReturn:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_key(collection: Open, author: Author) -> None:
    actions = Actions(collection("mine"), "secret")
    with serving(actions) as address:
        desk = Desk(author, collection("other"), actions, address)
        assert "with --key or ANKICONNECT_KEY" in desk.run().output
        assert desk.push("--key", "secret")[-1].startswith("2 notes added")


def unused() -> str:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{free.getsockname()[1]}"


def refused(author: Author, *args: str, code: int) -> str:
    done = CliRunner().invoke(app, ["push", *args])
    assert done.exit_code == code, done.output
    assert not author.lock.exists()
    return done.output


def test_without_anki(author: Author) -> None:
    address = unused()
    said = refused(author, "--address", address, code=1)
    assert f"Anki does not answer at {address}: Connection refused\n" in said
    assert "start Anki with the add-on AnkiConnect" in said


def test_anki_that_is_busy_for_too_long(author: Author, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quizgen.render.anki.connect._SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        said = refused(author, "--address", f"127.0.0.1:{silent.getsockname()[1]}", code=1)
    assert "did not answer" in said
    assert "let Anki finish" in said


STRANGERS = {
    "another server": (404, b"<html>"),
    "a page": (200, b"<html>"),
    "other JSON": (200, b"[1, 2]"),
    "an old answer": (200, b"null"),
    "a redirect": (302, b"http://127.0.0.1:9/"),
}


@pytest.mark.parametrize("answer", STRANGERS.values(), ids=STRANGERS)
def test_what_is_not_ankiconnect(author: Author, answer: tuple[int, bytes]) -> None:
    with listening(lambda body: answer) as address:
        assert "is not AnkiConnect" in refused(author, "--address", address, code=1)


@pytest.mark.parametrize(
    ("error", "help_"),
    [
        ("unsupported action", "add-on up to date"),
        ("collection is not available", "open a profile"),
        ("CollectionNotOpen", "let Anki finish"),
        ("Failed to open '/tmp/push.apkg': No such file or directory (os error 2)", "let TMPDIR name a folder"),
    ],
    ids=["too old", "no profile", "while Anki syncs all", "Anki may not read the file"],
)
def test_what_ankiconnect_refuses(author: Author, error: str, help_: str) -> None:
    with listening(lambda body: (200, json.dumps({"result": None, "error": error}).encode())) as address:
        said = refused(author, "--address", address, code=1)
    assert error in said
    assert help_ in said


@pytest.mark.parametrize(
    "address",
    [
        "http://192.168.1.7:8765", "http://example.com:8765", "https://127.0.0.1:8765", "http://127.0.0.1@example.com",
        "file:///etc/passwd", "http://[2001:db8::1]:8765", "http://[::1", "http://127.0.0.1:x", "", "http://0.0.0.0:8765",
    ],
)  # fmt: skip
def test_an_address_of_another_machine_is_refused(author: Author, address: str) -> None:
    assert "is no address of this machine" in refused(author, "--address", address, code=2)


@pytest.mark.parametrize("address", ["localhost:8765", "http://127.0.0.1", "http://127.3.2.1:9/", "http://[::1]:8765"])
def test_addresses_of_this_machine(address: str) -> None:
    from quizgen.render.anki.connect import local

    assert re.fullmatch(r"http://(127[.\d]+|\[::1\]):\d+", local(address))


def test_a_proxy_is_not_asked(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", unused())
    monkeypatch.delenv("no_proxy", raising=False)
    assert desk.push()[-1].startswith("2 notes added")


@pytest.mark.parametrize(
    ("args", "words"),
    [(("--lang", "fr"), "its languages are en"), (("--deck", "::"), "is no name of a deck"), (("--deck", "A:: "), "is no name of a deck"), (("--deck", "a\udc80"), "is no name of a deck"), (("no.yaml",), "there is no file")],
)  # fmt: skip
def test_wrong_usage(desk: Desk, args: tuple[str, ...], words: str) -> None:
    done = desk.run(*args)
    assert (done.exit_code, words in done.output) == (2, True), done.output
    assert "importPackage" not in desk.actions.asked
