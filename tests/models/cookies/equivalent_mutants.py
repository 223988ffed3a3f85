"""Mutants that no test can kill, since they behave as the original does: file, the line as mutated, and why.

`make mutation MODEL=cookies` holds them against what survived; a test, against the code.
"""

from __future__ import annotations

from tests.models.equivalent import Equivalent

_SAMPLE = "what is read depends on the sample's dimension, not on its amount"
_OTHER_SITE = "every other site is as good"
_UNLABELLED = "requests are labelled when the run is over"
_FOREIGN = 'yield Request(typed.url, "POST", Url("https", "other.example", "/"), False), 0, False'
_AGE = 'digits = value.lstrip("-").lstrip("0")[:_LONGEST] or "0"'
_CLOSE = "close = get_close_matches(str(key), known, n=2, cutoff=0.5)"

EQUIVALENT = (
    Equivalent(
        "exchange_words.py",
        'yield Request(Url(url.scheme, url.host, "/")), 0, False',
        "yield Request(Url(url.scheme, url.host, None)), 0, False",
        "a URL without a path asks for /",
    ),
    *(
        Equivalent("exchange_words.py", _FOREIGN, _FOREIGN.replace(old, new), _OTHER_SITE)
        for old, new in (
            ('"https"', "None"), ('"https"', '"XXhttpsXX"'), ('"https"', '"HTTPS"'), ('"/"', "None"), ('"/"', '"XX/XX"'),
            ('"other.example"', '"XXother.exampleXX"'), ('"other.example"', '"OTHER.EXAMPLE"'),
        )
    ),
    Equivalent("exchange_words.py", _FOREIGN, _FOREIGN.replace("), False), 0", "), None), 0"), "only ever asked whether it is true"),
    Equivalent("limit_words.py", 'quantity = Quantity(1, "B").read(size) if isinstance(size, str) else size',
               'quantity = Quantity(2, "B").read(size) if isinstance(size, str) else size', _SAMPLE),
    Equivalent(
        "rules.py",
        "return {id_: Element(id_, group, rule.title, rule.cite(RFC_6265)) for group, id_, rule in rows}",
        "return {id_: Element(id_, group, rule.title, rule.cite(None)) for group, id_, rule in rows}",
        "what is not 6265bis is RFC 6265",
    ),
    Equivalent("scenario.py", 'method=step.method(given.get("method", "GET")),', 'method=step.method(given.get("method", "get")),',
               "methods are put into upper case"),
    Equivalent("scenario.py", 'top_level=step.truth(given.get("top-level", "yes")),',
               'top_level=step.truth(given.get("top-level", "YES")),', "yes and no are read without regard to case"),
    Equivalent("scenario.py", 'self.trace.writer.request("", _SERVER)', "self.trace.writer.request(None, _SERVER)", _UNLABELLED),
    Equivalent("scenario.py", 'self.trace.writer.request("", _SERVER)', 'self.trace.writer.request("XXXX", _SERVER)', _UNLABELLED),
    Equivalent("set_cookie.py", _AGE, _AGE.replace('"-"', '"XX-XX"'), "there is no X among digits"),
    Equivalent("set_cookie.py", _AGE, _AGE.replace('lstrip("0")', 'lstrip("XX0XX")'), "there is no X among digits"),
    Equivalent("signing.py", 'return text.encode("utf-8", "surrogatepass")', 'return text.encode("UTF-8", "surrogatepass")',
               "another spelling of its name"),
    Equivalent(
        "signing.py",
        """return f"{value}.{hmac.new(key, _octets(signed), 'sha256').hexdigest()}\"""",
        """return f"{value}.{hmac.new(key, _octets(signed), 'SHA256').hexdigest()}\"""",
        "another spelling of its name",
    ),
    Equivalent("steps.py", 'amount = Quantity(1, "s").read(str(text)).base[1]', 'amount = Quantity(2, "s").read(str(text)).base[1]', _SAMPLE),
    Equivalent("steps.py", _CLOSE, _CLOSE.replace("n=2", "n=3"), "no three keys of a step are alike"),
    Equivalent("steps.py", _CLOSE, _CLOSE.replace("n=2, ", ""), "no three keys of a step are alike"),
    Equivalent("store.py", "if len(cookies) > 1:", "if len(cookies) >= 1:", "a single cookie has no order to speak of"),
    Equivalent("vocabulary.py", 'quantity = Quantity(1, "s").read(time) if isinstance(time, str) else time',
               'quantity = Quantity(2, "s").read(time) if isinstance(time, str) else time', _SAMPLE),
    Equivalent("vocabulary.py", 'edition = edition_of(spec, "6265bis")', 'edition = edition_of(spec, "6265BIS")',
               "editions are read without regard to case"),
    Equivalent("vocabulary.py", 'return _stored(spec, set_cookie, HERE.replace("http:", "https:"), edition).name',
               'return _stored(spec, set_cookie, HERE.replace("http:", "HTTPS:"), edition).name',
               "schemes are read without regard to case"),
)  # fmt: skip
