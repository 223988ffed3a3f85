"""Random cases that reach the corners of the standard, and the shortest case that still shows what a long one did.

The same seed gives the same cases.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from random import Random

from tests.models.cookies.oracle.case import Case, Step

_HOSTS = {
    "example.com": 12, "www.example.com": 12, "a.b.example.com": 6, "EXAMPLE.com": 2, "shop.co.uk": 3, "www.shop.co.uk": 3,
    "co.uk": 1, "alice.github.io": 2, "bob.github.io": 1, "github.io": 1, "127.0.0.1": 3, "localhost": 1, "intranet": 1,
    "exämple.com": 2, "example.com.": 2, "other.test": 3, "www.other.test": 1,
}  # fmt: skip
_PATHS = {"/": 8, "": 2, "/docs": 6, "/docs/": 5, "/docs/web": 5, "/docs/web/page": 4, "/docsets": 2, "/a?q=/b/c": 1, "/x%20y/z": 1,
          "//": 1, "/docs//web": 1}  # fmt: skip
_KINDS = {"typed": 20, "link": 3, "form": 3, "image": 3, "script": 4}
_NAMES = {
    "a": 12, "b": 8, "sid": 4, "A": 2, " a ": 2, "a\t": 1, "\ta": 1, "a b": 1, "ä": 1, '"a"': 1, "$Version": 1, "a,b": 1, "a\x01": 1, "a\x7f": 1,
    "__Host-a": 3, "__Secure-a": 3, "__HOST-a": 1, "__secure-a": 1, "__Host-": 1, "__Hosta": 1, "__Http-a": 1, "__Host-Http-a": 1, "": 3, " ": 1, "\u00a0a": 1,
}  # fmt: skip
_VALUES = {
    "1": 14, "2": 8, "": 4, "x=y": 2, "=": 1, "==x": 1, '"quoted"': 2, '"a b': 1, "a b": 1, "  lead": 1, "trail \t ": 1, "a\tb": 1, "a,b": 1,
    "é中": 1, "\u00a0": 1, "\u0420": 1, "\x01": 1, "x\x1fy": 1, "\x7f": 1, "\x0b1": 1, "__Host-a": 1, "__secure-b": 1, "%41": 1, "\\": 1,
}  # fmt: skip
_SIZES = (1023, 1024, 1025, 4094, 4095, 4096, 4097, 9000)
_AGES = {
    "3600": 6, "600": 3, "0": 3, "-1": 3, "-0": 1, "+600": 1, "": 1, "-": 1, "1h": 1, "600.5": 1, "0600": 1, "0" * 30 + "600": 1, "34560000": 1,
    "34560001": 1, "99999999999": 2, "9" * 25: 1, "-" + "9" * 25: 1, "9" * 400: 1, "6 00": 1, '"600"': 1, "--1": 1, "٣": 1, "600\x0b": 1,
}  # fmt: skip
_SITES = {
    "Strict": 3,
    "Lax": 3,
    "None": 4,
    "lax": 1,
    "NONE": 1,
    "": 1,
    "foo": 2,
    " strict ": 1,
    '"Lax"': 1,
    "Lax\u00a0": 1,
}
_OTHERS = (
    "Priority=High",
    "foo",
    "",
    " ",
    "=",
    "=x",
    "Version=1",
    "Path/x",
    "Domain : x",
    "é=1",
    "Comment=a\x01b",
    "Secur",
    "foo=\x7f",
)
_MONTHS = (
    "Jan",
    "feb",
    "MARCH",
    "Apr",
    "May",
    "June",
    "Jul",
    "Aug",
    "Sept",
    "Oct",
    "Nov",
    "DECember",
    "Ja",
    "xJan",
    "Febß",
    "",
    "13",
)
_DAYS = ("1", "09", "9", "15", "28", "29", "30", "31", "0", "00", "32", "009", "1st", "9x9", "", "١")
_YEARS = ("2027", "2027", "2026", "2030", "27", "69", "70", "99", "00", "1994", "1970", "1969", "1601", "1600", "2400", "9999", "10000", "02027", "327",
          "7", "2027x", "2027é", "")  # fmt: skip
_TIMES = ("10:18:14", "1:2:3", "00:00:00", "23:59:59", "24:00:00", "10:60:00", "10:18:60", "10:18", "10:18:14Z", "010:18:14", "10:18:14.5", "10:18:14x:9",
          "10:18:014", "10:018:14", ":18:14", "10:18:14:15", "")  # fmt: skip
_BETWEEN = (" ", " ", "-", "/", ", ", "  ", "\t", "", "&", "_", "é", "\x01")


def _pick(random: Random, weights: dict[str, int]) -> str:
    return random.choices(list(weights), list(weights.values()))[0]


def cases(random: Random, most: int = 2) -> Iterator[Case]:
    """Cases without end, with up to `most` Set-Cookies in a response."""
    while True:
        hosts = random.choices(list(_HOSTS), list(_HOSTS.values()), k=random.choice((1, 1, 2)))
        hosts += [host.partition(".")[2] for host in hosts if host.count(".") > 1 and not host[0].isdigit()]
        steps = [_step(random, hosts, most) for _ in range(random.randint(1, 3))]
        yield Case((*steps, _step(random, hosts, 0)))


def _step(random: Random, hosts: list[str], most: int) -> Step:
    url = f"{random.choice(('http', 'https', 'https'))}://{random.choice(hosts)}{_pick(random, _PATHS)}"
    kind = _pick(random, _KINDS)
    # From an https page only a link leads to http: browsers upgrade images and warn of forms.
    scheme = "https" if kind == "link" else url.partition(":")[0]
    page = "" if kind in ("typed", "script") else f"{scheme}://{random.choice([*hosts, 'other.test'])}/"
    host = url.partition("://")[2].partition("/")[0].partition("?")[0]
    return Step(url, tuple(_set_cookie(random, host) for _ in range(random.randint(min(1, most), most))), kind, page)


def _set_cookie(random: Random, host: str) -> str:
    separator = random.choice(("; ", "; ", ";", " ;", ";;", ";\t"))
    attributes = [_attribute(random, host) for _ in range(random.choice((0, 1, 1, 2, 2, 3, 5)))]
    return separator.join([_pair(random), *attributes]) + random.choice(("", "", "", ";"))


def _pair(random: Random) -> str:
    name, value = _pick(random, _NAMES), _pick(random, _VALUES)
    if random.random() < 0.03:
        value = "v" * (random.choice(_SIZES) - len(name))
    return random.choices((f"{name}={value}", value, f" {name} = {value} ", f"{name};={value}"), (20, 1, 2, 0.3))[0]


def _attribute(random: Random, host: str) -> str:
    kind = random.choices(
        ("Expires", "Max-Age", "Domain", "Path", "Secure", "HttpOnly", "SameSite", ""), (3, 3, 5, 5, 4, 2, 4, 1)
    )[0]
    if not kind:
        return random.choice(_OTHERS)
    name = random.choice((kind, kind, kind, kind.lower(), kind.upper(), f" {kind} ", f"{kind}\t"))
    value = _VALUES_OF[kind](random, host) if kind in _VALUES_OF else random.choice(("", "", "", "=", "=1", "=no"))
    return f"{name}={value}" if kind in _VALUES_OF else f"{name}{value}"


def _date(random: Random, host: str) -> str:
    if random.random() < 0.4:
        return random.choice(("Wed, 09 Jun 2027 10:18:14 GMT", "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT",
                              "Wed Jun  9 10:18:14 2027", "09 Jun 2026 10:18:14", "soon", "0"))  # fmt: skip
    parts = [random.choice(one) if random.random() < 0.3 else one[0] for one in (_DAYS, _MONTHS, _YEARS, _TIMES)]
    parts += random.choices(("GMT", "+0800", "Wed", '"', "Feb", "3", "2028", "11:11:11"), k=random.choice((0, 0, 1)))
    if random.random() < 0.4:
        random.shuffle(parts)
    between = random.choice(_BETWEEN) if random.random() < 0.3 else " "
    return between.join(parts)


def _domain(random: Random, host: str) -> str:
    parents = [host.split(".", n)[-1] for n in range(1, host.count(".") + 1)] or [host]
    name = random.choice(
        (host, host, *parents, f"www.{host}", "other.test", "com", "co.uk", "github.io", "192.0.2.1", "0.0.1")
    )
    return random.choices(
        (
            name,
            f".{name}",
            f"..{name}",
            name.upper(),
            f"{name}.",
            f" {name} ",
            f'"{name}"',
            f"{name}:80",
            "",
            ".",
            f"{name}\u00a0",
            f"a {name}",
        ),
        (12, 6, 1, 2, 1, 2, 0.5, 0.5, 1, 1, 0.5, 0.5),
    )[0]


def _path(random: Random, host: str) -> str:
    if random.random() < 0.04:
        return "/" + "p" * (random.choice(_SIZES[:3]) - 1)
    return random.choice(
        (
            "/",
            "/",
            "/docs",
            "/docs/",
            "/docs/web",
            "docs",
            "",
            "/Docs",
            '"/"',
            "/ä",
            "//",
            "/x%20y",
            "/x y",
            " /docs ",
            "/docs\u00a0",
            "/docs\x01",
        )
    )


_VALUES_OF: dict[str, Callable[[Random, str], str]] = {
    "Expires": _date, "Domain": _domain, "Path": _path,
    "Max-Age": lambda random, host: _pick(random, _AGES), "SameSite": lambda random, host: _pick(random, _SITES),
}  # fmt: skip


def shortest(case: Case, fails: Callable[[Case], bool], tries: int = 500) -> Case:
    """A case that still fails and of which no part can go, neither a step nor a character, as far as so many tries show."""
    candidates = _smaller(case)
    for tried in range(tries):
        candidate = next(candidates, None)
        if candidate is None:
            break
        if fails(candidate):
            return shortest(candidate, fails, tries - tried - 1)
    return case


def _smaller(case: Case) -> Iterator[Case]:
    for n, step in enumerate(case.steps):
        if len(case.steps) > 1:
            yield Case(case.steps[:n] + case.steps[n + 1 :])
        for less in _less(step):
            yield Case((*case.steps[:n], less, *case.steps[n + 1 :]))


def _less(step: Step) -> Iterator[Step]:
    for n, text in enumerate(step.sets):
        yield replace(step, sets=step.sets[:n] + step.sets[n + 1 :])
        for less in _cut(text):
            yield replace(step, sets=(*step.sets[:n], less, *step.sets[n + 1 :]))
    if step.kind != "typed":
        yield replace(step, kind="typed", page="")


def _cut(text: str) -> Iterator[str]:
    parts = text.split(";")
    if len(parts) > 1:
        yield from (";".join(parts[:n] + parts[n + 1 :]) for n in range(len(parts)))
    width = len(text) // 2
    while width:
        yield from (text[:n] + text[n + width :] for n in range(0, len(text), width))
        width //= 2
