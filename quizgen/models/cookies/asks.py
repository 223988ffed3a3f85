"""For each element an expression whose answer rests on it: where an author may begin an item."""

from __future__ import annotations

from functools import cache

_HTTPS = '"https://example.com/"'

_RULES = {
    "lenient-date": 'cookie_date("Wed 09-Jun-2021 10:18:14")',
    "two-digit-year": 'cookie_date("Wed, 09 Jun 70 10:18:14 GMT")',
    "name-needed": 'stores("token")',
    "nameless": 'cookie_value("token", RFC_6265bis)',
    "empty-pair": 'stores("=", edition=RFC_6265bis)',
    "no-controls": r'stores("a=\x07", edition=RFC_6265bis)',
    "unknown-attribute": 'stores("a=1; Priority=High")',
    "bad-expires": 'persistent_cookie("a=1; Expires=tomorrow")',
    "bad-max-age": 'persistent_cookie("a=1; Max-Age=1.5")',
    "leading-dot": 'cookie_domain("a=1; Domain=.example.com")',
    "empty-domain": 'host_only("a=1; Domain=")',
    "bad-path": 'cookie_path("a=1; Path=docs", "http://example.com/a/b")',
    "last-attribute-wins": 'cookie_path("a=1; Path=/b; Path=/c")',
    "max-age-first": 'cookie_lifetime("a=1; Max-Age=60; Expires=Wed, 09 Jun 2021 10:18:14 GMT")',
    "session-cookie": 'survives_restart("a=1")',
    "ascii-domain": 'stores("a=1; Domain=bücher.example", edition=RFC_6265bis)',
    "public-suffix": 'stores("a=1; Domain=com")',
    "own-domain": 'stores("a=1; Domain=other.example")',
    "host-only": 'host_only("a=1")',
    "default-path": 'default_path("http://example.com/docs/intro")',
    "secure-origin": 'stores("a=1; Secure", edition=RFC_6265bis)',
    "script-sets-httponly": 'script_sets("a=1; HttpOnly")',
    "script-overwrites-httponly": 'script_sets("a=2", over="a=1; HttpOnly")',
    "leave-secure-alone": "secure_left_alone.ignored(2)",
    "samesite-setting": 'stores_cross_site("a=1; SameSite=Lax")',
    "none-needs-secure": f'stores("a=1; SameSite=None", {_HTTPS}, RFC_6265bis)',
    "secure-prefix": f'stores("__Secure-a=1", {_HTTPS}, RFC_6265bis)',
    "host-prefix": f'stores("__Host-a=1; Secure; Path=/docs", {_HTTPS}, RFC_6265bis)',
    "nameless-prefix": f'stores("=__Host-a", {_HTTPS}, RFC_6265bis)',
    "replace-same-key": 'replaces("a=2", "a=1")',
    "host-only-in-key": 'replaces("a=2; Domain=example.com", "a=1", edition=RFC_6265bis)',
    "keep-creation-time": 'cookie_header(["a=1", "b=2", "a=3"])',
    "expiry": 'survives("a=1; Max-Age=60", "1 min")',
    "eviction-order": 'evicted_first(["a=1", "b=2"])',
    "insecure-evicted-first": 'evicted_first(["a=1; Secure", "b=2"], RFC_6265bis)',
    "domain-match": 'domain_match("badexample.com", "example.com")',
    "host-identical": 'sends_back("a=1", to="http://www.example.com/")',
    "ip-no-subdomain": 'domain_match("192.0.2.1", "2.1")',
    "path-match": 'path_match("/documents", "/docs")',
    "secure-only": f'sends_back("a=1; Secure", set_by={_HTTPS})',
    "script-reads-httponly": 'script_reads("a=1; HttpOnly")',
    "samesite-strict": 'sends_cross_site("a=1; SameSite=Strict")',
    "samesite-lax": 'sends_cross_site("a=1; SameSite=Lax", method="POST")',
    "samesite-default": 'sends_cross_site("a=1", method="POST")',
    "lax-allowing-unsafe": 'sends_cross_site("a=1", method="POST", after="1 min", allowing_unsafe=True)',
    "suffix-since": 'sent_once_public_suffix("a=1; Domain=example.com")',
    "longer-path-first": 'cookie_header(["a=1; Path=/", "b=2; Path=/docs"], to="http://example.com/docs/")',
    "older-first": 'cookie_header(["b=1", "a=2"])',
    "pairs-only": 'cookie_header("a=1; Path=/")',
    "set-cookie-field": 'field_sets_cookie("Cookie")',
    "kept-by-user-agent": "cookie_kept_by()",
    "no-integrity": "forged_value_accepted()",
    "signing": "forged_value_accepted(signed=True)",
}
_ATTRIBUTES = {
    "Expires": 'persistent_cookie("a=1; Expires=Wed, 09 Jun 2100 10:18:14 GMT")',
    "Max-Age": 'cookie_lifetime("a=1; Max-Age=3600")',
    "Domain": 'sends_back("a=1; Domain=example.com", to="http://www.example.com/")',
    "Path": 'sends_back("a=1; Path=/docs")',
    "Secure": f'sends_back("a=1; Secure", set_by={_HTTPS})',
    "HttpOnly": 'script_reads("a=1; HttpOnly")',
    "SameSite": 'sends_cross_site("a=1; SameSite=Lax")',
}
_LIMITS = {
    "cookie-octets": "cookie_limit()",
    "cookies-per-domain": "cookies_per_domain()",
    "cookies-total": "cookies_in_total()",
    "pair-octets": "cookie_limit(RFC_6265bis)",
    "attribute-octets": "attribute_limit()",
    "lifetime": "lifetime_limit()",
}


@cache
def asks() -> dict[str, str]:
    """Element id -> expression."""
    groups = (("rule", _RULES), ("attribute", _ATTRIBUTES), ("limit", _LIMITS))
    return {f"{kind}:{name}": ask for kind, group in groups for name, ask in group.items()}
