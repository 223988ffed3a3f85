"""What is easily got wrong in the words of this model: limits of an older edition, and limits of something else."""

from __future__ import annotations

from typing import Any

from quizgen.models.base import Slip, Text
from quizgen.models.cookies.spec import SPEC

# RFC 2109 §6.3 asked for 300 cookies in all and 20 for each host or domain; textbooks still give these numbers.
_PER_DOMAIN_2109, _TOTAL_2109 = 20, 300
_OF_2109: Text = {"en": "That is what RFC 2109 asked for in 1997.", "zh": "那是 1997 年 RFC 2109 的要求。"}
_IN_ALL: Text = {"en": "That is the number for all domains together.", "zh": "那是所有域合计的个数。"}
_EACH: Text = {"en": "That is the number for one domain.", "zh": "那是一个域的个数。"}
_LIMITLESS: Text = {"en": "There is a limit to the cookies of one domain.", "zh": "一个域的 cookie 个数是有上限的。"}


def _numbered(number: int, *size: Any, **more: Any) -> int:
    return number


SLIPS = {
    "cookies_per_domain": (
        Slip(lambda edition=None: _PER_DOMAIN_2109, _OF_2109),
        Slip(lambda edition=None: SPEC.cookies_total, _IN_ALL),
    ),
    "cookies_in_total": (
        Slip(lambda edition=None: _TOTAL_2109, _OF_2109),
        Slip(lambda edition=None: SPEC.cookies_per_domain, _EACH),
    ),
    "cookies_kept": (Slip(_numbered, _LIMITLESS),),
}
