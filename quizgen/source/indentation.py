"""Lines that begin in the wrong column, explained."""

from __future__ import annotations

import re

from quizgen.diagnostics.diagnostic import Diagnostic
from quizgen.source.failure import Failure

_ODD_SPACES = re.compile(r" *([^\S \t]+)\S")
_CONTENT = re.compile(r"^ *[^\s#]", re.MULTILINE)


def continued(failure: Failure, start: int) -> Diagnostic:
    """`a: b` with a `c: d` below that is indented more: YAML reads one text `b c`."""
    odd = odd_indentation(failure, start)
    if odd is not None:
        return odd
    indent = failure.indent(failure.at)
    key = failure.at - failure.column(failure.at) + 1 + indent
    return failure.finding(
        "QG003", "the indentation is wrong", key, failure.at, "indented more, so it goes on with the text above",
        help=_columns(failure, indent + 1), also=(start, failure.line_end(start), "the text above"),
    )  # fmt: skip


def odd_indentation(failure: Failure, offset: int) -> Diagnostic | None:
    """No-break or ideographic spaces that begin a line, as text copied from elsewhere brings them; YAML reads letters."""
    begin = offset - failure.column(offset) + 1
    odd = _ODD_SPACES.match(failure.source.line(failure.line(offset)))
    if odd is None:
        return None
    label = f"U+{ord(odd[1][0]):04X}, which is no space to YAML"
    return failure.finding(
        "QG003", "the indentation is wrong", begin + odd.start(1), begin + odd.end(1), label, help="indent with spaces"
    )


def first_of_line(failure: Failure) -> Diagnostic:
    """A line begins where none can: in a column of its own, or as an entry of the other kind."""
    at = failure.at
    odd = odd_indentation(failure, at)
    if odd is not None:
        return odd
    if failure.char == ":":
        return failure.finding(
            "QG020", "an entry begins without a key", at, at + 1, help="write the key before the colon"
        )
    if failure.opened is not None and failure.column(at) == failure.column(failure.opened):
        return _mixed(failure, failure.opened)
    end = failure.line_end(at)
    label = f"begins in column {failure.column(at)}"
    return failure.finding(
        "QG003", "the indentation is wrong", at, end, label, help=_columns(failure, failure.column(at))
    )


def left_of_first(failure: Failure) -> Diagnostic:
    """The first line of the file is indented and a later one is not."""
    at, column = failure.at, failure.levels()[0]
    first = _CONTENT.search(failure.source.text)
    also = (
        (first.end() - 1, failure.line_end(first.end()), f"the first line begins in column {column}") if first else None
    )
    label = f"begins in column {failure.column(at)}"
    help_ = "begin all keys of the file in column 1"
    return failure.finding("QG003", "the indentation is wrong", at, failure.line_end(at), label, help=help_, also=also)


def _mixed(failure: Failure, opened: int) -> Diagnostic:
    is_list = failure.source.text[opened] == "-"
    message = "a key stands among the entries of a list" if is_list else "a list entry stands among keys"
    help_ = "begin the line with `- `" if is_list else "indent it below the key of its list, or write a key"
    also = (opened, failure.line_end(opened), "the list begins here" if is_list else "the keys begin here")
    return failure.finding("QG017", message, failure.at, failure.line_end(failure.at), help=help_, also=also)


def _columns(failure: Failure, column: int) -> str:
    """The nearest columns on both sides in which the line may begin."""
    levels = [level for level in failure.levels() if level != column]
    near = [max((level for level in levels if level < column), default=None)]
    near.append(min((level for level in levels if level > column), default=None))
    shown = " or ".join(f"column {level}" for level in near if level)
    return (
        f"begin it in {shown}, as the lines above" if shown else "begin it in the column of the line that it belongs to"
    )
