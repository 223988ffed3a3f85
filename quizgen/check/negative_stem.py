"""QG305: a stem that asks for what is not so, and does not stress the "not"."""

from __future__ import annotations

import re

from quizgen.check.wording import Asked, unmarked, warning
from quizgen.diagnostics.diagnostic import Diagnostic

_ASKS = re.compile(r"\b(which|what|who|whom|where|when|how|choose|select|pick|mark|name|find)\b", re.IGNORECASE)
_WHY = re.compile(r"\s*(why|for what reason)\b|.*(为什么|为何|原因)", re.IGNORECASE)
_CLAUSE = re.compile(
    r"\b(if|unless|because|although|though|while|once|after|before|since|until|so that|that|who|whose)\b[^,?.]*",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"\b(not|never|cannot|except(?: for)?)\b|n[’']t\b|\b(?:is|are|was|were) (false|wrong|incorrect|untrue)\b"
)

_ASKS_ZH = r"(?:哪|什么|谁|何|几|多少|怎样|如何)(?![都也])"
_NOT_ZH = r"不(?![同仅久少断过再])|没有(?!.*的)|没能|未(?!来)|无法|并非|非(?!常)|错误|有误"
_EITHER_ZH = re.compile(r"(.)不\1")  # 是不是, 能不能
_NEGATIVE_ZH = re.compile(
    rf"{_ASKS_ZH}.*?(?:{_NOT_ZH})"
    rf"|(?:不正确|错误|有误|不属于|不包括|不符合|不成立|不是|不会|不能|不需要).*?的?(?:是|有)(?:哪|什么|谁|[：:(（]|$)"
    rf"|除.*外.*{_ASKS_ZH}"
)
_ANY = re.compile("not|never|except|n[’']t|false|wrong|incorrect|untrue|不|没|未|无|非|除|错|误")
"""Of what a stem has something that is worth a closer look: first letters alone, by which re skips most of a text."""


def check(each: Asked) -> Diagnostic | None:
    """A negative that turns the question round is emphasised, or written in capitals."""
    for lang, stem in each.question.stem.items() if each.question.type != "true-false" else ():
        if _ANY.search(stem) and _negative(unmarked(stem)):
            message = "this stem asks for what is not so, and the negative is easily overlooked"
            help_ = "ask for what is so; failing that, stress the negative: `**not**`, `**不**`"
            return warning("QG305", message, each.stem(lang).span, help_)
    return None


def _negative(text: str) -> bool:
    return _english(text) or _chinese(text)


def _english(text: str) -> bool:
    """Whether the negative is that of the question, not of a clause in it; NOT in capitals is stressed."""
    return any(
        _ASKS.search(sentence) and not _WHY.match(sentence) and _NOT.search(_CLAUSE.sub(" ", sentence))
        for sentence in re.split(r"(?<=[.!?:;])\s", text)
    )


def _chinese(text: str) -> bool:
    """The same. 不 stands in most Chinese sentences: it counts only in the clause that asks, behind the word that does."""
    return any(
        _NEGATIVE_ZH.search(clause)
        for sentence in re.split(r"[。？！；?;]", _EITHER_ZH.sub(r"\1", text))
        if not _WHY.match(sentence)
        for clause in (re.split(r"[，,]", sentence) if "除" not in sentence else [sentence])
    )
