"""What self-contained HTML pages share: their own script and style, and the policy that admits these and nothing else."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING

from quizgen.resources import resource

if TYPE_CHECKING:
    from markupsafe import Markup


@dataclass(frozen=True)
class Assets:
    """Script and style of a page, to stand inside <script> and <style> as they are, and the page's policy."""

    script: Markup
    style: Markup
    policy: str


@cache
def assets(scripts: Sequence[str], styles: Sequence[str]) -> Assets:
    """The files of templates/, joined in this order. The scripts share one scope, which nothing else sees."""
    from markupsafe import Markup

    script = f'\n(() => {{\n"use strict";\n{_join(scripts)}}})();\n'
    style = f"\n{_join(styles)}"
    return Assets(Markup(script), Markup(style), _policy(script, style))


def _join(names: Sequence[str]) -> str:
    folder = resource("templates")
    return "\n".join((folder / name).read_text("utf-8") for name in names)


def _policy(script: str, style: str) -> str:
    """A Content-Security-Policy: no network at all, and of scripts and styles only these two texts."""
    return (
        f"default-src 'none'; script-src '{_digest(script)}'; style-src '{_digest(style)}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return "sha256-" + b64encode(sha256(text.encode()).digest()).decode()
