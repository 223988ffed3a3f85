"""The parser's errors between [ ] and { }, explained."""

from __future__ import annotations

import re

from quizgen.diagnostics.diagnostic import Diagnostic
from quizgen.source.failure import Failure, in_quotes

_CLOSING = {"[": "]", "{": "}"}
_COMMENT = re.compile(r"""(?:"(?:\\.|[^"\\])*"|'[^']*'|(?<!\s)#|[^"'#])*(?P<comment>(?<=\s)#.*)""")
_BEFORE_VALUE = re.compile(r" *(?:- +)*(?:[^\s\"'\[{].*?: +)?")


def in_brackets(failure: Failure) -> Diagnostic:
    """Something else stands where a comma or the closing bracket should be."""
    assert failure.opened is not None
    opened, char = failure.opened, failure.char
    if _left_open(failure, opened):
        return _unclosed(failure, opened)
    if char in "]}":
        return stray_bracket(failure)
    if char == ":":
        return failure.finding(
            "QG009", "a colon stands in a text without quotes", failure.at, failure.at + 1, "read as `key: value`",
            help="put the text in quotes, or a comma before the next key",
        )  # fmt: skip
    help_ = "put a comma before it"
    if failure.before in ("'", '"'):
        help_ += "; if it belongs to the text before it, put all of that in one pair of quotes"
    return failure.finding("QG014", "a comma is missing", failure.at, failure.line_end(failure.at), help=help_)


def _left_open(failure: Failure, opened: int) -> bool:
    """Whether what follows looks like the next entry of the file, outside of the brackets."""
    if not failure.char:
        return True
    if failure.line(opened) == failure.line(failure.at):
        return False
    scalar = failure.last_scalar
    if failure.char == ":" and scalar is not None and failure.line(scalar[0]) != failure.line(failure.at):
        return True
    return (failure.comes_first or failure.char == ":") and failure.indent(failure.at) <= failure.indent(opened)


def _unclosed(failure: Failure, opened: int) -> Diagnostic:
    char = failure.source.text[opened]
    help_, also = f"add {_CLOSING[char]} at the end; if {char} is part of a text, put the text in quotes", None
    comment = _COMMENT.match(failure.rest(opened))
    if comment and _CLOSING[char] in comment["comment"]:
        at = opened + comment.start("comment")
        help_ = f"put the text with # in quotes, or write the comment behind {_CLOSING[char]}"
        also = (at, failure.line_end(at), "a comment begins here")
    return failure.finding(
        "QG006", f"`{char}` is never closed", opened, opened + 1, "opened here", help=help_, also=also
    )


def stray_bracket(failure: Failure) -> Diagnostic:
    """A closing bracket that closes nothing, or something else than what is open."""
    at, char = failure.at, failure.char
    also = None
    help_ = "remove it; if it is part of a text, put the text in quotes"
    if failure.brackets:
        opened = failure.brackets[-1]
        other = failure.source.text[opened]
        also = (opened, opened + 1, "this one is open")
        help_ = f"close it with {_CLOSING[other]}"
    return failure.finding("QG007", f"`{char}` closes nothing that is open", at, at + 1, help=help_, also=also)


def text_after_bracket(failure: Failure) -> Diagnostic:
    """`{end} is closed`: the braces were meant as text."""
    line, column = failure.source.position(failure.at)
    head = _BEFORE_VALUE.match(failure.source.line(line))
    start = failure.at - column + 1 + (head.end() if head else 0)
    return failure.finding(
        "QG011", "text follows after a closing bracket", failure.at, failure.line_end(failure.at),
        help=f"a text that begins with [ or {{ needs quotes{in_quotes(failure.rest(start))}",
    )  # fmt: skip


def no_content(failure: Failure) -> Diagnostic | None:
    """A comma, a dash or a closing bracket where a value should begin; None when brackets have no part in it."""
    if failure.char and failure.char in "]}":
        return stray_bracket(failure)
    if not failure.brackets:
        return None if failure.char else _end(failure)
    if not failure.char or (failure.char == "-" and failure.comes_first):
        return _unclosed(failure, failure.brackets[-1])
    if failure.char == ",":
        return failure.finding(
            "QG014",
            "a comma with nothing before it",
            failure.at,
            failure.at + 1,
            help="remove it, or write what is missing",
        )
    return None


def _end(failure: Failure) -> Diagnostic:
    return failure.finding("QG030", "the file ends in the middle of an entry", failure.at, failure.at)
