"""QG306: the key repeats a word of the stem and no distractor does (a clang association)."""

from __future__ import annotations

import re

from quizgen.check.wording import HAN, Asked, warning
from quizgen.diagnostics.diagnostic import Diagnostic
from quizgen.markup import plain

_COMMON = re.compile(
    r"(?:about|after|again|all|also|and|any|are|because|been|before|behind|between|both|but|can|could|did|does|each|"
    r"either|else|every|first|for|from|get|gets|give|gives|given|had|has|have|her|him|his|how|into|its|just|last|less|"
    r"like|long|made|make|makes|many|may|might|more|most|much|must|neither|next|not|nothing|now|off|once|one|only|"
    r"other|others|out|over|own|same|second|shall|she|should|since|some|still|such|take|takes|than|that|the|their|them|"
    r"then|there|these|they|thing|things|third|this|those|three|through|too|two|under|until|very|was|were|what|when|"
    r"where|which|while|who|whole|whom|whose|why|will|with|without|would|yes|yet|you)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[A-Za-z][\w-]{2,}", re.ASCII)
_ENDING = re.compile(r"(?<=...)(?:ies|es|s|ed|ing)$")
_HAN_RUN = re.compile(rf"{HAN.pattern}+")


def check(each: Asked) -> Diagnostic | None:
    """Some distractor echoes the stem as much as the key does."""
    for lang in each.languages if each.single else ():
        cue = _cue(each, lang)
        if cue:
            message = f"only the key repeats `{cue}` of the stem ({lang})"
            help_ = "let a distractor repeat it too, or say it differently in the key"
            return warning("QG306", message, each.option(each.key), help_)
    return None


def _cue(each: Asked, lang: str) -> str:
    """A word of the stem that the key alone repeats; "" if some distractor repeats as many others of its words."""
    key = _words(each.key.text[lang])
    stem = _words(each.question.stem[lang]) if key else {}
    if not key.keys() & stem.keys():
        return ""
    others = [_words(option.text[lang]) for option in each.distractors]
    alone = [word for word in stem if word in key and not any(word in other for other in others)]
    echoes = max(len(stem.keys() & other.keys()) for other in others)
    if not alone or echoes >= len(stem.keys() & key.keys()):
        return ""
    return _whole(stem[alone[0]], each.question.stem[lang], each.key.text[lang])


def _whole(part: str, stem: str, key: str) -> str:
    """Of Chinese, all that key and stem have in common around the part."""
    while HAN.match(part):
        at = stem.find(part)
        longer = (stem[max(at - 1, 0) : at + len(part)], stem[at : at + len(part) + 1])
        grown = next((each for each in longer if each != part and each in key), None)
        if grown is None:
            break
        part = grown
    return part


def _words(text: str) -> dict[str, str]:
    """The words that mean something, without their endings, each with how it is written; of Chinese, which has no spaces
    between words, every three characters that follow on one another."""
    bare = plain(text)
    words = [word for word in _WORD.findall(bare) if not _COMMON.fullmatch(word)]
    found = {_ENDING.sub("", word.lower()): word for word in words}
    for run in _HAN_RUN.findall(bare):
        found.update((three, three) for three in (run[at : at + 3] for at in range(len(run) - 2)))
    return found
