"""Dates of cookies, read as leniently as user agents do (RFC 6265 §5.1.1)."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from quizgen.models.cookies.spec import Edition

EARLIEST = int(datetime(1601, 1, 1, tzinfo=UTC).timestamp())
"""The earliest time that a cookie-date can stand for, in seconds since 1970."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DELIMITERS = re.compile("[\t\x20-\x2f\x3b-\x40\x5b-\x60\x7b-\x7e]+")
_FIXDATE = re.compile(r"[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9]{2}:[0-9]{2}:[0-9]{2} GMT")
# In the order in which §5.1.1 tries them on each token. A token may go on after the field, "10:18:14Z" is a time, but need
# not: in the grammar of 2011 it has to, which not even the standard's own dates do (erratum 4148; 6265bis agrees).
_FIELDS = (
    ("time", re.compile(r"([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(?![0-9])")),
    ("day", re.compile(r"([0-9]{1,2})(?![0-9])")),
    ("month", re.compile(f"({'|'.join(_MONTHS)})", re.IGNORECASE | re.ASCII)),
    ("year", re.compile(r"([0-9]{2,4})(?![0-9])")),
)


def _fields(text: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for token in _DELIMITERS.split(text):
        for name, pattern in _FIELDS:
            match = None if name in found else pattern.match(token)
            if match is not None:
                found[name] = match.groups()
                break
    return found


def _full_year(year: int, edition: Edition) -> int:
    if year > 99 or not edition.applies("two-digit-year"):
        return year
    edition.uses("two-digit-year")
    return year + (1900 if year >= 70 else 2000)


def parse_cookie_date(text: str, edition: Edition) -> int | None:
    """The seconds since 1970-01-01 00:00:00 UTC that a cookie-date stands for, or None if it is no date.

    Time zones are not read: every cookie-date is taken for UTC.
    """
    if not edition.applies("lenient-date") and not _FIXDATE.fullmatch(text):
        return None
    found = _fields(text)
    if len(found) < len(_FIELDS):
        return None
    hour, minute, second = map(int, found["time"])
    year = _full_year(int(found["year"][0]), edition)
    if year < 1601:
        return None
    try:
        date = datetime(year, 1 + _MONTHS.index(found["month"][0].lower()), int(found["day"][0]), hour, minute, second)
    except ValueError:
        return None
    return int(date.replace(tzinfo=UTC).timestamp())


def imf_fixdate(seconds: int) -> str:
    """A time as HTTP writes it: `Wed, 09 Jun 2021 10:18:14 GMT` (RFC 9110 §5.6.7)."""
    date = datetime.fromtimestamp(seconds, UTC)
    day = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")[date.weekday()]
    month = _MONTHS[date.month - 1].capitalize()
    return f"{day}, {date.day:02} {month} {date.year:04} {date:%H:%M:%S} GMT"
