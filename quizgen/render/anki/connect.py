"""AnkiConnect (https://git.sr.ht/~foosoft/anki-connect), API version 6: what a running Anki is asked and told."""

from __future__ import annotations

import json
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from urllib.request import OpenerDirector

API = 6
ADDRESS = "http://127.0.0.1:8765"
_SECONDS = 120.0
_WAIT = "let Anki finish what it is doing (a sync, a check of the database), and try again"
_HELP = {
    "valid api key must be provided": "give the key of AnkiConnect's settings with --key or ANKICONNECT_KEY",
    "unsupported action": "bring the add-on up to date: Tools > Add-ons > Check for Updates",
    "collection is not available": "open a profile in Anki",
    "CollectionNotOpen": _WAIT,
    "Failed to open": "Anki may not read the temporary file: let TMPDIR name a folder that it may read",
}
"""What to do by how the words begin in which the add-on, or Anki itself, refuses."""


class ConnectError(Exception):
    """Anki does not answer, or not as it should. `help` says what to do."""

    def __init__(self, message: str, help_: str = "") -> None:
        super().__init__(message)
        self.help = help_


class AnkiConnect:
    """A running Anki at `address`, which must be on this machine; `key` is what its settings ask for, or ""."""

    def __init__(self, address: str = ADDRESS, key: str = "") -> None:
        self._address, self._key = local(address), key
        self._opener = _opener()

    def ask(self, action: str, **params: Any) -> Any:
        """The result of an action. Raises ConnectError."""
        request = {"action": action, "version": API, "params": params} | ({"key": self._key} if self._key else {})
        answer = self._answer(json.dumps(request).encode())
        if not isinstance(answer, dict) or set(answer) != {"result", "error"}:
            raise self._stranger()
        if answer["error"] is not None:
            said = str(answer["error"])
            help_ = next((one for words, one in _HELP.items() if said.startswith(words)), "")
            raise ConnectError(f"AnkiConnect refused `{action}`: {said}", help_)
        return answer["result"]

    def _answer(self, body: bytes) -> Any:
        from http.client import HTTPException
        from urllib.error import HTTPError, URLError
        from urllib.request import Request

        request = Request(self._address, body, {"Content-Type": "application/json"})
        try:
            with self._opener.open(request, timeout=_SECONDS) as response:
                return json.loads(response.read())
        except (HTTPError, HTTPException, ValueError):
            raise self._stranger() from None
        except TimeoutError:
            message = f"Anki did not answer within {_SECONDS:.0f} seconds at {self._address}"
            raise ConnectError(message, _WAIT) from None
        except (URLError, OSError) as error:
            reason = getattr(error, "reason", error)
            message = f"Anki does not answer at {self._address}: {getattr(reason, 'strerror', None) or reason}"
            help_ = "start Anki with the add-on AnkiConnect (code 2055492159), or name its address with --address"
            raise ConnectError(message, help_) from None

    def _stranger(self) -> ConnectError:
        return ConnectError(
            f"what answers at {self._address} is not AnkiConnect", "name its address with --address or ANKICONNECT_URL"
        )


def local(address: str) -> str:
    """The address, if it is one of this machine. Raises ConnectError: nothing may leave the machine."""
    try:
        parts = urlsplit(address if "//" in address else f"http://{address}")
        host, port = parts.hostname or "", parts.port
        ours = parts.scheme == "http" and (host == "localhost" or ip_address(host).is_loopback)
    except ValueError:
        ours = False
    if not ours:
        raise ConnectError(f"`{address}` is no address of this machine", f"a right one is {ADDRESS}")
    # A name could be made to mean another machine; the number cannot.
    number = "127.0.0.1" if host == "localhost" else f"[{host}]" if ":" in host else host
    return f"http://{number}:{port or 8765}"


def _opener() -> OpenerDirector:
    """Opens addresses itself: no proxy, and no redirect to somewhere else."""
    from urllib.request import HTTPRedirectHandler, ProxyHandler, build_opener

    class Stay(HTTPRedirectHandler):
        def redirect_request(self, *args: Any, **kwargs: Any) -> None:
            return None

    return build_opener(ProxyHandler({}), Stay())
