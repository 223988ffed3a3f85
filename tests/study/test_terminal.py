"""Keys, as terminals send them."""

import pytest

from quizgen.study.terminal import _named

KEYS = [
    pytest.param("a1?", ["a", "1", "?"], id="characters"),
    pytest.param("序", ["序"], id="a wide character"),
    pytest.param("\r\n\x7f\x08\x04\x15", ["enter", "enter", "backspace", "backspace", "quit", "erase"], id="control"),
    pytest.param("\x1b[A\x1bOB\x1b[5~\x1b[6~", ["up", "down", "pageup", "pagedown"], id="moves"),
    pytest.param("\x1b[1;5Cx\x1b[200~y\x1b[<0;1;2Mz", ["x", "y", "z"], id="sequences that mean nothing here"),
    pytest.param("\x1b", [], id="escape alone"),
    pytest.param("\x1b[12", [], id="a torn sequence"),
    pytest.param("\x00\x01\x1f\x9b", [], id="other control characters"),
]


@pytest.mark.parametrize(("text", "keys"), KEYS)
def test_named(text: str, keys: list[str]) -> None:
    assert _named(text) == keys
