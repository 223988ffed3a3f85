"""The YAML language server, the one of VS Code and most other editors, driven over its standard input and output."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

from tests import npm

VERSION = "1.23.0"


class LanguageServer:
    """A server for a folder, with the settings of VS Code; a context manager. Raises npm.Missing where there is none.

    A text with a `|` says where the cursor is; the `|` is not part of the file.
    """

    def __init__(self, folder: Path, settings: Mapping[str, Any]) -> None:
        program = npm.folder("yaml-language-server", VERSION) / "bin" / "yaml-language-server"
        command = ["node", str(program), "--stdio"]
        self._node = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self._folder, self._settings = folder, _nested(settings)
        self._number = 0
        self._found: dict[str, list[dict[str, Any]]] = {}
        self._versions: dict[str, int] = {}
        item = {"documentationFormat": ["markdown"], "snippetSupport": True}
        capabilities = {
            "textDocument": {"completion": {"completionItem": item}},
            "workspace": {"configuration": True, "workspaceFolders": True},
        }
        root = {"uri": folder.as_uri(), "name": folder.name}
        start = {"processId": None, "rootUri": root["uri"], "workspaceFolders": [root], "capabilities": capabilities}
        self._ask("initialize", start)
        self._tell("initialized", {})
        self._tell("workspace/didChangeConfiguration", {"settings": self._settings})

    def __enter__(self) -> LanguageServer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._node.kill()
        self._node.communicate()

    def diagnostics(self, text: str, name: str = "content/lecture/a.yaml") -> list[str]:
        """What the server reports of a file with this text: `3: Property item is not allowed.`"""
        uri = self._write(text, name)
        self._found.pop(uri, None)
        while uri not in self._found:
            self._read()
        return [f"{one['range']['start']['line'] + 1}: {one['message']}" for one in self._found[uri]]

    def completions(self, text: str) -> dict[str, str]:
        """What is offered at the cursor: what is inserted, by its label."""
        found = self._at(text, "textDocument/completion")
        return {item["label"]: item["insertText"] for item in found["items"]}

    def hover(self, text: str) -> str:
        """What is shown when the mouse rests at the cursor."""
        found = self._at(text, "textDocument/hover")
        return str(found["contents"]["value"]) if found else ""

    def _at(self, text: str, method: str) -> Any:
        before, _, after = text.partition("|")
        uri = self._write(before + after, "content/lecture/a.yaml")
        position = {"line": before.count("\n"), "character": len(before) - before.rfind("\n") - 1}
        return self._ask(method, {"textDocument": {"uri": uri}, "position": position})

    def _write(self, text: str, name: str) -> str:
        """Open or change a file, which need not be on the disk."""
        uri = (self._folder / name).as_uri()
        version = self._versions[uri] = self._versions.get(uri, 0) + 1
        document = {"uri": uri, "version": version}
        if version == 1:
            self._tell("textDocument/didOpen", {"textDocument": {**document, "languageId": "yaml", "text": text}})
        else:
            self._tell("textDocument/didChange", {"textDocument": document, "contentChanges": [{"text": text}]})
        return uri

    def _tell(self, method: str, params: Any) -> None:
        self._send({"method": method, "params": params})

    def _ask(self, method: str, params: Any) -> Any:
        self._number += 1
        self._send({"id": self._number, "method": method, "params": params})
        while True:
            message = self._read()
            if message.get("id") == self._number and "method" not in message:
                assert "error" not in message, message
                return message["result"]

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._node.stdin is not None
        self._node.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self._node.stdin.flush()

    def _read(self) -> dict[str, Any]:
        """The next message; what the server asks is answered, and its diagnostics are kept."""
        stream = self._node.stdout
        assert stream is not None
        length = 0
        while header := stream.readline().strip():
            name, _, value = header.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        assert length, "the language server has ended"
        message: dict[str, Any] = json.loads(stream.read(length))
        if message.get("method") == "textDocument/publishDiagnostics":
            self._found[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif "id" in message and "method" in message:
            self._send({"id": message["id"], "result": self._answer(message)})
        return message

    def _answer(self, message: dict[str, Any]) -> Any:
        if message["method"] != "workspace/configuration":
            return None
        return [self._settings.get(item.get("section", "")) for item in message["params"]["items"]]


def _nested(settings: Mapping[str, Any]) -> dict[str, Any]:
    """`{"yaml.schemaStore.enable": False}` as `{"yaml": {"schemaStore": {"enable": False}}}`."""
    made: dict[str, Any] = {}
    for name, value in settings.items():
        *way, last = name.split(".")
        inner = made
        for part in way:
            inner = inner.setdefault(part, {})
        inner[last] = value
    return made
