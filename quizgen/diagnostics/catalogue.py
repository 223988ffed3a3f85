"""The codes of diagnostics. Each has a page, a Markdown file in pages/, whose first line is its title:

# QG001 duplicate-key (error)
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from quizgen.diagnostics.diagnostic import Severity

_PAGES = Path(__file__).parent / "pages"
_TITLE = re.compile(r"# (QG\d{3}) ([a-z0-9-]+) \((error|warning)\)\n")


@dataclass(frozen=True)
class Page:
    """A code with its short name ("duplicate-key"), its severity, and its page in Markdown."""

    code: str
    title: str
    severity: Severity
    text: str


@cache
def codes() -> tuple[str, ...]:
    """All codes, ascending."""
    return tuple(sorted(path.stem for path in _PAGES.glob("QG*.md")))


@cache
def _page(code: str) -> Page:
    if code not in codes():
        raise KeyError(code)
    text = (_PAGES / f"{code}.md").read_text(encoding="utf-8")
    match = _TITLE.match(text)
    if match is None or match[1] != code:
        raise ValueError(f"pages/{code}.md does not begin with `# {code} name (error)`")
    return Page(code, match[2], "error" if match[3] == "error" else "warning", text)


def page(code: str) -> str:
    """The page of a code, Markdown. Raises KeyError for a code that there is not, as all functions here do."""
    return _page(code).text


def title(code: str) -> str:
    """The short name of a code: "duplicate-key"."""
    return _page(code).title


def severity(code: str) -> Severity:
    """How bad it is."""
    return _page(code).severity


def finds(code: str) -> str:
    """What it finds: the first section of its page, as one paragraph."""
    section = page(code).partition("## What it finds")[2].partition("\n## ")[0]
    return " ".join(section.split())


def find(name: str) -> str | None:
    """The code that a person means by `QG001`, `qg1`, `1` or `duplicate-key`; None when there is none."""
    wanted = name.strip().lower()
    number = re.fullmatch(r"(?:qg)?0*(\d{1,3})", wanted)
    code = f"QG{int(number[1]):03}" if number else next((code for code in codes() if title(code) == wanted), "")
    return code if code in codes() else None


def nearest(name: str) -> str:
    """The code most like a name that is none: by its number, if it has one, or by its short name."""
    digits = re.search(r"\d+", name)
    if digits:
        return min(codes(), key=lambda code: abs(int(code[2:]) - int(digits[0][:9])))
    names = {title(code): code for code in codes()}
    return names[get_close_matches(name.lower(), names, n=1, cutoff=0.0)[0]]
