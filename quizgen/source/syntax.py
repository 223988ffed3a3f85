"""The parser's errors, explained to somebody who writes questions: which error means what.

libyaml says what it expected ("did not find expected key"); what the author did is found by looking at the place. The
pure parser of PyYAML words its errors otherwise; those are shown as they are, under QG030.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from quizgen.diagnostics.diagnostic import Diagnostic
from quizgen.source.brackets import in_brackets, no_content, stray_bracket, text_after_bracket
from quizgen.source.build import MAX_DEPTH, NO_TAGS
from quizgen.source.failure import Failure, in_quotes
from quizgen.source.indentation import continued, first_of_line, left_of_first, odd_indentation

_UNSPACED = re.compile(r"([^\s:\"'\[{]+):(?!//)[^\S \t]*(\S.*)")
_WIDE_COLON = re.compile(r"([^\s:：\"'\[{]+)：\s*(\S.*)")
_NUMBERED = re.compile(r"\\[uU]([0-9A-Fa-f]{8}|[0-9A-Fa-f]{4})")
_MAX_KEY = 1024


def explain(failure: Failure) -> Diagnostic | None:
    """What the author did wrong; None when a finding that was made before says it already."""
    if "tag" in failure.context or "tag" in failure.problem:
        return _tag(failure)
    if "directive" in failure.context or "%" in failure.problem or "incompatible YAML" in failure.problem:
        return _directive(failure)
    return _RULES.get(failure.problem, _invalid)(failure)


def unspaced(text: str) -> tuple[str, str] | None:
    """Key and value of `key:value`, which YAML reads as one text."""
    match = _UNSPACED.match(text)
    return (match[1], match[2]) if match else None


def missing_space(failure: Failure, start: int) -> Diagnostic | None:
    """QG008 when `key:value` begins at `start`."""
    pair = unspaced(failure.rest(start))
    if pair is None:
        return None
    end = start + len(pair[0]) + 1
    help_, odd = f"write `{pair[0]}: {pair[1]}`", failure.source.text[end]
    label = f"U+{ord(odd):04X} stands there, which is no space to YAML" if odd.isspace() else ""
    return failure.finding("QG008", "a space is missing after the colon", start, end, label, help=help_)


def _tab(failure: Failure) -> Diagnostic:
    at = failure.at
    while failure.source.text[at - 1 : at] == "\t":
        at -= 1
    end = at + len(failure.rest(at)) - len(failure.rest(at).lstrip("\t"))
    help_ = "indent with spaces; most editors can turn tabs into spaces"
    return failure.finding("QG002", "a tab is used for indentation", at, end, "a tab", help=help_)


_BEGINNINGS = {
    "-": ("a list cannot begin on the line of its key", "begin the list on the next line"),
    "?": ("a text may not begin with `? `", ""),
    ",": ("a text may not begin with a comma", ""),
}


def _reserved(failure: Failure) -> Diagnostic:
    at = failure.at if failure.opened is None else failure.opened
    char = failure.source.text[at : at + 1]
    if char == "\t":
        return _tab(failure)
    message, cure = _BEGINNINGS.get(
        char, ("a text may not begin with " + ("a backtick" if char == "`" else f"`{char}`"), "")
    )
    quotes = "put the text in quotes" + ("" if failure.brackets else in_quotes(failure.rest(at)))
    help_ = f"{cure}; if it is a text, {quotes}" if cure else quotes
    return failure.finding("QG010", message, at, at + 1, "has a meaning of its own in YAML", help=help_)


def _unclosed_quote(failure: Failure) -> Diagnostic:
    assert failure.opened is not None
    return _quote(failure, failure.opened, None)


def _quote(failure: Failure, start: int, end: int | None) -> Diagnostic:
    char = failure.source.text[start]
    help_ = f"close the text with {char} at its end"
    also = None if end is None else (end - 1, end, f"YAML takes this {char} for its end")
    return failure.finding(
        "QG004", "a quoted text is not closed", start, failure.line_end(start), "opened here", help=help_, also=also
    )


def _colon(failure: Failure) -> Diagnostic:
    scalar = failure.last_scalar
    if scalar is None:
        return _colon_in_text(failure, None)
    start, end, is_quoted = scalar
    if failure.line(start) == failure.line(failure.at):
        if end - start > _MAX_KEY and not is_quoted:
            return _long_key(failure, start, end)
        return _colon_in_text(failure, start)
    if is_quoted:
        return _quote(failure, start, end)
    before = failure.source.line(failure.line(start))[: failure.column(start) - 1]
    if before.strip(" -"):
        return continued(failure, start)
    return missing_space(failure, start) or _neither(failure, start)


def _long_key(failure: Failure, start: int, end: int) -> Diagnostic:
    help_ = "if it is a text, put it in quotes; a key is a short name"
    return failure.finding("QG022", f"a key of more than {_MAX_KEY} characters", start, end, help=help_)


def _colon_in_text(failure: Failure, start: int | None) -> Diagnostic:
    help_ = "put the text in quotes"
    if start is not None and not failure.brackets:
        text = failure.rest(start)
        help_ = (
            f"put the text in quotes{in_quotes(text)}"
            if not text.startswith(("'", '"'))
            else "put all of the text in quotes"
        )
    at = failure.at
    return failure.finding(
        "QG009", "a colon stands in a text without quotes", at, at + 1, "read as `key: value`", help=help_
    )


def _missing_colon(failure: Failure) -> Diagnostic:
    start = failure.at if failure.opened is None else failure.opened
    if failure.source.text[start : start + 1] in ("'", '"'):
        return _quote(failure, start, None)
    text = failure.rest(start)
    if len(text) > _MAX_KEY and ": " in text:
        return _long_key(failure, start, start + text.index(": "))
    return missing_space(failure, start) or _neither(failure, start)


def _neither(failure: Failure, start: int) -> Diagnostic:
    text, label = failure.rest(start), "no colon"
    help_ = "write `key: value`; if it goes on with the text above, indent it more than the key of that text"
    wide = _WIDE_COLON.match(text)
    if wide:
        label, help_ = "`：` is no colon of YAML", f"write `{wide[1]}: {wide[2]}`"
    elif text.startswith("-"):
        label, help_ = "no space after the hyphen", f"write `- {text[1:]}`; if it is a text, put it in quotes"
    message = "a line is neither `key: value` nor `- entry`"
    return odd_indentation(failure, start) or failure.finding(
        "QG013", message, start, failure.line_end(start), label, help=help_
    )


def _not_a_key(failure: Failure) -> Diagnostic | None:
    at, char = failure.at, failure.char
    if char and char in "]}":
        return stray_bracket(failure)
    if failure.comes_first:
        return first_of_line(failure)
    scalar = failure.last_scalar
    if scalar is not None and scalar[2] and not failure.source.text[scalar[1] : at].strip():
        return _after_quote(failure, scalar)
    if failure.before in ("'", '"'):
        return _after_quote(failure, None)
    if failure.before in ("]", "}"):
        return text_after_bracket(failure)
    if getattr(failure.last, "anchor", None) is not None:
        return None
    return _invalid(failure)


def _after_quote(failure: Failure, scalar: tuple[int, int, bool] | None) -> Diagnostic:
    also = None
    if scalar is not None:
        start, end, _ = scalar
        if failure.line(start) != failure.line(end):
            return _quote(failure, start, end)
        also = (end - 1, end, "the text ends here")
    double = "write '' for an apostrophe inside" if failure.before == "'" else 'write \\" for a quote inside'
    return failure.finding(
        "QG005", "text follows after a closing quote", failure.at, failure.line_end(failure.at), "not part of the text",
        help=f"put all of the text in one pair of quotes; {double}", also=also,
    )  # fmt: skip


def _block_header(failure: Failure) -> Diagnostic:
    start = failure.at if failure.opened is None else failure.opened
    char = failure.source.text[start : start + 1]
    return failure.finding(
        "QG016", f"a text may not follow `{char}` on its line", start, failure.line_end(start), "begins a text of several lines",
        help=f"begin the text on the next line, indented; or put it in quotes{in_quotes(failure.rest(start))}",
    )  # fmt: skip


def _escape(failure: Failure) -> Diagnostic:
    at = failure.source.text.rfind("\\", failure.opened or 0, failure.at + 1)
    at = failure.at if at < 0 else at
    number = _NUMBERED.match(failure.source.text, at)
    if number:
        return _no_character(failure, number)
    text = failure.source.text[at : at + 2]
    return failure.finding(
        "QG015", f"`{text}` is not an escape that YAML knows", at, min(at + 2, len(failure.source.text)),
        help="write \\\\ for a backslash, or put the text in single quotes, where a backslash is itself",
    )  # fmt: skip


def _no_character(failure: Failure, escape: re.Match[str]) -> Diagnostic:
    """An escape with the number of half a surrogate pair, as JSON writes characters, or of no character at all."""
    number, second = int(escape[1], 16), _NUMBERED.match(failure.source.text, escape.end())
    message, help_ = f"there is no character U+{number:04X}", "write the character itself; the numbers end at U+10FFFF"
    if 0xD800 <= number < 0xE000:
        message, help_ = f"`{escape[0]}` is half of a surrogate pair and no character", "write the character itself"
        if number < 0xDC00 and second and 0xDC00 <= int(second[1], 16) < 0xE000:
            whole = (number - 0xD800 << 10) + int(second[1], 16) - 0xDC00 + 0x10000
            help_ += f", {chr(whole)}, or `\\U{whole:08X}`"
    return failure.finding("QG015", message, escape.start(), escape.end(), help=help_)


def _tag(failure: Failure) -> Diagnostic:
    start = failure.at if failure.opened is None else failure.opened
    text = failure.rest(start).split(maxsplit=1)
    end = start + (len(text[0]) if text else 0)
    return failure.finding("QG019", "tags (`!name`) are not read", start, end, help=NO_TAGS)


def _directive(failure: Failure) -> Diagnostic:
    start = failure.at if failure.opened is None else failure.opened
    help_ = "remove the line; if it is a text, put it in quotes"
    return failure.finding("QG010", "a line may not begin with `%`", start, failure.line_end(start), help=help_)


def _after_document(failure: Failure) -> Diagnostic:
    text, at = failure.source.text, failure.at
    if re.search(r"^\.\.\.(?:\s|$)", text[:at], re.MULTILINE):
        help_ = "`...` ends the document: remove that line, or move what follows to a file of its own"
        return failure.finding(
            "QG021", "text follows after the end of the document", at, failure.line_end(at), help=help_
        )
    if failure.comes_first and failure.levels()[:1] > [failure.column(at)]:
        return left_of_first(failure)
    if failure.before in ("]", "}"):
        return text_after_bracket(failure)
    return _invalid(failure)


def _invalid(failure: Failure) -> Diagnostic:
    words = " ".join(part for part in (failure.context, failure.problem) if part)
    found = failure.finding(
        "QG030", "this is not valid YAML", failure.at, failure.line_end(failure.at), failure.problem
    )
    note = (f"the parser says: {words}",) if failure.context else ()
    return Diagnostic(found.code, found.message, found.span, label=found.label, notes=note)


def _too_deep(failure: Failure) -> Diagnostic:
    """libyaml since 0.2.6 reads ahead, and gives up at 1,000 of them before one has been built."""
    message = f"more than {MAX_DEPTH} lists and maps stand inside one another"
    return failure.finding("QG023", message, failure.at, failure.at + 1)


Rule = Callable[[Failure], Diagnostic | None]

_RULES: dict[str, Rule] = {
    "found character that cannot start any token": _reserved,
    "block sequence entries are not allowed in this context": _reserved,
    "mapping keys are not allowed in this context": _reserved,
    "did not find expected alphabetic or numeric character": _reserved,
    "found a tab character that violates indentation": _tab,
    "found a tab character where an indentation space is expected": _tab,
    "found unexpected end of stream": _unclosed_quote,
    "found unexpected document indicator": _unclosed_quote,
    "mapping values are not allowed in this context": _colon,
    "could not find expected ':'": _missing_colon,
    "did not find expected key": _not_a_key,
    "did not find expected '-' indicator": _not_a_key,
    "did not find expected ',' or '}'": in_brackets,
    "did not find expected ',' or ']'": in_brackets,
    "did not find expected node content": lambda failure: no_content(failure) or _reserved(failure),
    "did not find expected comment or line break": _block_header,
    "found an indentation indicator equal to 0": _block_header,
    "found unknown escape character": _escape,
    "did not find expected hexdecimal number": _escape,
    "found invalid Unicode character escape code": _escape,
    "did not find expected <document start>": _after_document,
    "exceeded maximum nesting depth": _too_deep,
}
