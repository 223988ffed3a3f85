"""What there is to know of cookies, as data: the rules of RFC 6265 and 6265bis, the attributes, and the limits.

A rule has a section in each edition that has it; the algorithms ask `Edition.applies(rule)` before they follow one, so
that a user agent without it is the same code over a smaller set.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from quizgen.models.base import Cite, Element, Rfc, Text
from quizgen.models.values import Domain, Term

EDITIONS = Domain(
    "cookie edition",
    ("RFC 6265", "RFC 6265bis"),
    aliases={"6265": "RFC 6265", "6265bis": "RFC 6265bis", "draft-ietf-httpbis-rfc6265bis-22": "RFC 6265bis"},
)
"""The standard of 2011, and the draft that will obsolete it (draft-ietf-httpbis-rfc6265bis-22)."""

RFC_6265, RFC_6265BIS = EDITIONS.terms()


def bis(section: str) -> Cite:
    """A place in draft-ietf-httpbis-rfc6265bis-22."""
    return Cite("6265bis", section)


@dataclass(frozen=True)
class Rule:
    """One rule. `old` is its section in RFC 6265 and `new` that in 6265bis; "" where the edition lacks it."""

    id: str
    title: Text
    old: str
    new: str

    def cite(self, edition: Term) -> Cite:
        """Where the edition says so; the other edition's place if it does not."""
        if (edition == RFC_6265BIS and self.new) or not self.old:
            return bis(self.new)
        return Rfc(6265, self.old)

    def within(self, edition: Term) -> bool:
        """Whether the edition has the rule."""
        return bool(self.new if edition == RFC_6265BIS else self.old)


def _rule(id_: str, old: str, new: str, en: str, zh: str) -> Rule:
    return Rule(id_, {"en": en, "zh": zh}, old, new)


_RULES = (
    # Reading Set-Cookie
    _rule("lenient-date", "5.1.1", "5.1.1", "A cookie-date is read token by token, whatever their order and separators", "cookie-date 按记号逐个解析，不管它们的顺序和分隔符"),
    _rule("two-digit-year", "5.1.1", "5.1.1", "Two-digit years: 70 to 99 are 19xx, 0 to 69 are 20xx", "两位数的年份：70–99 是 19xx 年，0–69 是 20xx 年"),
    _rule("name-needed", "5.2", "", "A set-cookie-string without = or with an empty name is ignored", "没有等号或名字为空的 Set-Cookie 被忽略"),
    _rule("nameless", "", "5.6", "Without = the whole string is the value of a cookie without a name", "没有等号时，整个字符串是一个无名 cookie 的值"),
    _rule("empty-pair", "", "5.7 step 2", "A cookie whose name and value are both empty is ignored", "名字和值都为空的 cookie 被忽略"),
    _rule("no-controls", "", "5.6 step 1", "A set-cookie-string with a control character (other than a tab) is ignored", "含控制字符（制表符除外）的 Set-Cookie 被忽略"),
    _rule("unknown-attribute", "5.2", "5.6", "An attribute that the user agent does not know is ignored, not the cookie", "不认识的属性被忽略，cookie 本身照常处理"),
    _rule("bad-expires", "5.2.1", "5.6.1", "An Expires that is no date is ignored, not the cookie", "Expires 不是日期时忽略该属性，而不是整个 cookie"),
    _rule("bad-max-age", "5.2.2", "5.6.2", "A Max-Age that is no whole number is ignored, not the cookie", "Max-Age 不是整数时忽略该属性，而不是整个 cookie"),
    _rule("leading-dot", "5.2.3", "5.6.3", "A leading dot of Domain is ignored", "Domain 开头的点被忽略"),
    _rule("empty-domain", "5.2.3", "", "An empty Domain attribute is ignored", "空的 Domain 属性被忽略"),
    _rule("bad-path", "5.2.4", "5.6.4", "A Path that is empty or does not start with / stands for the default-path", "Path 为空或不以 / 开头时，取 default-path"),
    # Storing
    _rule("last-attribute-wins", "5.3", "5.7", "Of several attributes of one name the last one counts", "同名属性出现多次时，以最后一个为准"),
    _rule("max-age-first", "5.3 step 3", "5.7 step 6", "Max-Age has precedence over Expires", "Max-Age 优先于 Expires"),
    _rule("session-cookie", "5.3 step 3", "5.7 step 6", "Without Max-Age and Expires the cookie lasts until the user agent's session ends", "没有 Max-Age 和 Expires 的 cookie 只保留到浏览器会话结束"),
    _rule("ascii-domain", "", "5.7 step 8", "A Domain with a character outside of ASCII is refused", "Domain 含非 ASCII 字符时拒收"),
    _rule("public-suffix", "5.3 step 5", "5.7 step 9", "A Domain that is a public suffix is refused, unless it is the host itself", "Domain 为公共后缀时拒收，除非它就是该主机自身"),
    _rule("own-domain", "5.3 step 6", "5.7 step 10", "A host can set cookies only for a Domain that it domain-matches", "主机只能把 Domain 设为自己，或自己所属的上级域"),
    _rule("host-only", "5.3 step 6", "5.7 step 10", "Without Domain the cookie is host-only: no subdomain gets it", "没有 Domain 的 cookie 是 host-only：不发给子域"),
    _rule("default-path", "5.1.4", "5.1.4", "Without Path the cookie's path is the directory of the request's path", "没有 Path 时，cookie 的路径是请求路径所在的目录"),
    _rule("secure-origin", "", "5.7 step 13", "A Secure cookie can be set over a secure connection only", "Secure cookie 只能通过安全连接设置"),
    _rule("script-sets-httponly", "5.3 step 10", "5.7 step 15", "A script cannot set an HttpOnly cookie", "脚本不能设置 HttpOnly cookie"),
    _rule("script-overwrites-httponly", "5.3 step 11", "5.7 step 23", "A script cannot overwrite an HttpOnly cookie", "脚本不能覆盖 HttpOnly cookie"),
    _rule("leave-secure-alone", "", "5.7 step 16", "A response over an insecure connection cannot overwrite a Secure cookie", "非安全连接的响应不能覆盖 Secure cookie"),
    _rule("samesite-setting", "", "5.7 step 18", "A cross-site subresource can set only SameSite=None cookies", "跨站子资源的响应只能设置 SameSite=None 的 cookie"),
    _rule("none-needs-secure", "", "5.7 step 19", "SameSite=None without Secure is ignored", "SameSite=None 而没有 Secure 的 cookie 被忽略"),
    _rule("secure-prefix", "", "5.7 step 20", "A name that starts with __Secure- needs Secure", "以 __Secure- 开头的名字要求 Secure"),
    _rule("host-prefix", "", "5.7 step 21", "A name that starts with __Host- needs Secure, Path=/ and no Domain", "以 __Host- 开头的名字要求 Secure、Path=/ 且没有 Domain"),
    _rule("nameless-prefix", "", "5.7 step 22", "A cookie without a name whose value starts with such a prefix is ignored", "无名 cookie 的值以这类前缀开头时被忽略"),
    _rule("replace-same-key", "5.3 step 11", "5.7 step 23", "A cookie of the same name, domain and path replaces the old one", "名字、域、路径都相同的新 cookie 替换旧的"),
    _rule("host-only-in-key", "", "5.7 step 23", "A host-only cookie does not replace one with Domain, nor the other way round", "host-only cookie 与带 Domain 的 cookie 互不替换"),
    _rule("keep-creation-time", "5.3 step 11", "5.7 step 23", "A replacing cookie keeps the old one's creation-time", "替换时保留旧 cookie 的创建时间"),
    _rule("expiry", "5.3", "5.7", "An expired cookie is evicted; an expiry in the past deletes at once", "过期的 cookie 会被清除；到期时间设在过去，就是立即删除"),
    _rule("eviction-order", "5.3", "5.7", "Excess cookies go: expired first, then those of a crowded domain, then any; longest unused first", "cookie 过多时依次清除：已过期的、所属域中过多的、其余的；同一级别中最久未用的先清除"),
    _rule("insecure-evicted-first", "", "5.7", "Of a crowded domain the cookies without Secure are evicted first", "域内超额时，先清除没有 Secure 的 cookie"),
    # Returning
    _rule("domain-match", "5.1.3", "5.1.3", "With Domain the cookie goes to that domain and its subdomains, from dot to dot", "带 Domain 的 cookie 发给该域及其各级子域，域名按点分段比较"),
    _rule("host-identical", "5.4", "5.8.3", "A host-only cookie goes to exactly the host that set it", "host-only cookie 只发给设置它的那台主机"),
    _rule("ip-no-subdomain", "5.1.3", "5.1.3", "An IP address domain-matches only itself", "IP 地址只匹配它自己"),
    _rule("path-match", "5.1.4", "5.1.4", "The cookie's path must be the request's path or a directory above it", "cookie 的路径须等于请求路径或是其上级目录"),
    _rule("secure-only", "5.4", "5.8.3", "A Secure cookie goes only over a secure connection", "Secure cookie 只经安全连接发送"),
    _rule("script-reads-httponly", "5.4", "5.8.3", "A script does not see an HttpOnly cookie", "脚本看不到 HttpOnly cookie"),
    _rule("samesite-strict", "", "5.8.3", "SameSite=Strict goes with same-site requests only", "SameSite=Strict 只随同站请求发送"),
    _rule("samesite-lax", "", "5.8.3", "SameSite=Lax goes with a cross-site request only if it is a safe top-level navigation", "SameSite=Lax 跨站时只随安全方法的顶层导航发送"),
    _rule("samesite-default", "", "5.6.7", "Without SameSite the cookie is treated as Lax", "没有 SameSite 的 cookie 按 Lax 处理"),
    _rule("lax-allowing-unsafe", "", "5.6.7.2", "A user agent may send a cookie without SameSite, while it is new, also with a cross-site top-level POST", "浏览器可以在 cookie 刚创建时，让没有 SameSite 的 cookie 也随跨站顶层 POST 发送"),
    _rule("suffix-since", "", "5.8.3", "A cookie whose Domain has become a public suffix is not sent", "Domain 后来成为公共后缀的 cookie 不再发送"),
    _rule("longer-path-first", "5.4", "5.8.3", "In the Cookie field longer paths come first", "Cookie 字段中路径较长的排在前面"),
    _rule("older-first", "5.4", "5.8.3", "Among paths of one length the older cookie comes first", "路径等长时先创建的排在前面"),
    _rule("pairs-only", "4.2.2", "4.2.2", "The Cookie field carries names and values, no attributes", "Cookie 字段只带名字和值，不带属性"),
    # Around them
    _rule("set-cookie-field", "4.1", "4.1", "A server sets cookies with the Set-Cookie response header field", "服务器用响应首部字段 Set-Cookie 设置 cookie"),
    _rule("kept-by-user-agent", "5.3", "5.7", "The user agent keeps the cookie; the server may keep nothing", "cookie 由浏览器保存；服务器可以什么都不存"),
    _rule("no-integrity", "8.3", "8.3", "A cookie's value has no integrity of its own: the client can send any", "cookie 的值本身没有完整性保护：客户端可以发送任何值"),
    _rule("signing", "8.3", "8.3", "A signature lets the server refuse a forged value, but not a copied one", "签名使服务器能拒绝伪造的值，但不能拒绝被复制的值"),
)  # fmt: skip

RULES: Mapping[str, Rule] = {rule.id: rule for rule in _RULES}


def _attribute(name: str, old: str, new: str, en: str, zh: str) -> Rule:
    return _rule(name, old, new, f"{name}: {en}", f"{name}：{zh}")


_ATTRIBUTES = (
    _attribute("Expires", "5.2.1", "5.6.1", "the date at which the cookie expires", "cookie 到期的日期"),
    _attribute("Max-Age", "5.2.2", "5.6.2", "seconds until the cookie expires", "距 cookie 到期的秒数"),
    _attribute("Domain", "5.2.3", "5.6.3", "the hosts that get the cookie", "哪些主机会收到 cookie"),
    _attribute("Path", "5.2.4", "5.6.4", "the paths that get the cookie", "哪些路径会收到 cookie"),
    _attribute("Secure", "5.2.5", "5.6.5", "only over secure connections", "只经安全连接发送"),
    _attribute("HttpOnly", "5.2.6", "5.6.6", "hidden from scripts", "对脚本隐藏"),
    _attribute("SameSite", "", "5.6.7", "whether cross-site requests carry the cookie", "跨站请求是否带上 cookie"),
)
ATTRIBUTES: Mapping[str, Rule] = {row.id: row for row in _ATTRIBUTES}

_LIMITS = (
    _rule("cookie-octets", "6.1", "", "At least 4096 bytes per cookie", "每个 cookie 至少 4096 字节"),
    _rule("cookies-per-domain", "6.1", "6.1", "At least 50 cookies per domain", "每个域至少 50 个 cookie"),
    _rule("cookies-total", "6.1", "6.1", "At least 3000 cookies in total", "总共至少 3000 个 cookie"),
    _rule("pair-octets", "", "5.6", "A name and value of more than 4096 octets together is ignored", "名字与值合计超过 4096 字节的 cookie 被忽略"),
    _rule("attribute-octets", "", "5.6", "An attribute value of more than 1024 octets is ignored", "超过 1024 字节的属性值被忽略"),
    _rule("lifetime", "", "5.5", "A lifetime of more than 400 days is cut to 400 days", "超过 400 天的有效期缩短为 400 天"),
)  # fmt: skip
LIMITS: Mapping[str, Rule] = {row.id: row for row in _LIMITS}

_GROUPS = (("attributes", "attribute", ATTRIBUTES), ("rules", "rule", RULES), ("limits", "limit", LIMITS))


def elements() -> dict[str, Element]:
    """Every attribute, rule and limit as an element: `attribute:Domain`, `rule:host-only`, `limit:lifetime`."""
    rows = ((group, f"{kind}:{rule.id}", rule) for group, kind, table in _GROUPS for rule in table.values())
    return {id_: Element(id_, group, rule.title, rule.cite(RFC_6265)) for group, id_, rule in rows}
