"""What can be wrong with an expression of the claim language."""

from __future__ import annotations


class ClaimError(Exception):
    """An expression that cannot be read or answered.

    `start` and `end` are offsets into the expression; `help` says what to do instead, or is None.
    """

    def __init__(self, code: str, message: str, span: tuple[int, int], help_: str | None = None) -> None:
        super().__init__(message)
        self.code, self.message, (self.start, self.end), self.help = code, message, span, help_
