"""Where the shipped content and templates lie: inside an installed wheel, or beside the package in a checkout; and where
what belongs to the user lies.
"""

import os
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def resource(kind: str) -> Path:
    """The folder of shipped `content` or `templates`.

    Raises FileNotFoundError when the installation is incomplete.
    """
    for folder in (_PACKAGE / "_data" / kind, _PACKAGE.parent / kind):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"this installation of quizgen has no {kind}/ folder; install it again")


def own_folder() -> Path:
    """The folder of the user's own data: what QUIZGEN_DATA names, else the user's data directory."""
    from platformdirs import user_data_dir

    return Path(os.environ.get("QUIZGEN_DATA") or user_data_dir("quizgen", appauthor=False))


@cache
def strings(lang: str) -> dict[str, str]:
    """The interface strings of a language: templates/strings/<lang>.json, keys such as `quiz.check`.

    A language that has none gets the English ones, under its own name.
    """
    import json

    file = resource("templates") / "strings" / f"{lang}.json"
    if lang != "en" and not file.is_file():
        return {**strings("en"), "quiz.language": lang, "index.language": lang}
    table: dict[str, str] = json.loads(file.read_text("utf-8"))
    return table
