"""What there is to know of sessions, as data: the rules, the carriers, the attacks, the defences, and the time limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from quizgen.models.base import Cite, Element, Rfc, because, touch
from quizgen.models.values import Domain, Term

HOUR = 3600

_SERVLET_COOKIES = Cite("Jakarta Servlet 6.0", "7.1.1")
_SERVLET_REWRITING = Cite("Jakarta Servlet 6.0", "7.1.3")
_SERVLET_TIMEOUTS = Cite("Jakarta Servlet 6.0", "7.5")
_SERVLET_DISTRIBUTED = Cite("Jakarta Servlet 6.0", "7.7.2")


def owasp(section: str) -> Cite:
    """A section of the OWASP Session Management Cheat Sheet."""
    return Cite("OWASP Session Management Cheat Sheet,", section)


CSRF_TOKEN_PATTERN = Cite("OWASP Cross-Site Request Forgery Prevention Cheat Sheet,", "Synchronizer Token Pattern")
JWT_REVOCATION = Cite("OWASP JSON Web Token for Java Cheat Sheet,", "No Built-In Token Revocation by the User")


def _rows(group: str, *rows: tuple[str, Cite, str, str]) -> dict[str, Element]:
    kind = group[:-1]
    return {
        id_: Element(f"{kind}:{id_.replace(' ', '-')}", group, {"en": en, "zh": zh}, cite) for id_, cite, en, zh in rows
    }


RULES: Mapping[str, Element] = _rows(
    "rules",
    ("data-on-server", Rfc(6265, "8.4"), "The session's data lie on the server; the browser holds only the id", "会话数据在服务器上，浏览器只保存标识符"),
    ("found-by-id", Rfc(6265, "8.4"), "The server finds the session by the id in the request", "服务器凭请求中的标识符找到会话"),
    ("bearer", Rfc(6265, "8.4"), "Whoever presents a valid id is taken for its user", "出示有效标识符者即被当作该用户"),
    ("unknown-id", owasp("Session ID Generation and Verification: Permissive and Strict Session Management"), "An id that the server did not make finds no session", "不是服务器生成的标识符找不到会话"),
    ("idle-expiry", _SERVLET_TIMEOUTS, "A session without requests for a time ends", "一段时间没有请求的会话会终止"),
    ("absolute-expiry", owasp("Absolute Timeout"), "A session of a certain age ends, however busy", "会话到一定时长就终止，不论是否活跃"),
    ("logout-destroys", owasp("Manual Session Expiration"), "Logging out destroys the session on the server", "退出登录时服务器销毁会话"),
    ("new-id-at-login", owasp("Renew the Session ID After Any Privilege Level Change"), "Logging in gives the session a new id", "登录时会话换用新的标识符"),
    ("cookie-is-not-session", owasp("Session Expiration"), "Deleting the cookie does not delete the session", "删除 cookie 并不会删除会话"),
    ("own-memory", _SERVLET_DISTRIBUTED, "A session in one server's memory is unknown to the others", "会话放在某台服务器的内存里，其他服务器就不认识它"),
    ("sticky", _SERVLET_DISTRIBUTED, "The balancer sends a session's requests to the server that has it", "负载均衡器把同一会话的请求都送到持有它的服务器"),
    ("shared-store", owasp("Session ID Content (or Value)"), "In a shared store every server finds the session", "会话放在共享存储中，每台服务器都能找到"),
    ("lost-with-server", _SERVLET_DISTRIBUTED, "What a server had in its memory is lost when it fails", "服务器一旦故障，其内存中的会话就丢失"),
    ("signed-state", Rfc(6265, "8.3"), "The cookie holds the whole session and a signature; the server keeps nothing", "cookie 中存放整个会话和签名，服务器什么都不保存"),
    ("signature", Rfc(2104, "2"), "A value that was changed does not fit its signature", "值被改动，就与签名不符"),
    ("until-expiry", JWT_REVOCATION, "A signed session holds until it expires, whatever the user does", "签名会话在到期之前一直有效，与用户的操作无关"),
    ("revocation-list", JWT_REVOCATION, "A list of ended sessions refuses them, and is memory of the server's", "注销列表可以拒绝已结束的会话，但它要占服务器内存"),
    ("memory-grows", owasp("Session ID Content (or Value)"), "Every live session occupies the server's memory", "每个存活的会话都占用服务器内存"),
)  # fmt: skip

CARRIER_ROWS: Mapping[str, Element] = _rows(
    "carriers",
    ("cookie", _SERVLET_COOKIES, "A cookie carries the id", "用 cookie 携带标识符"),
    ("url", _SERVLET_REWRITING, "URL rewriting carries the id: /cart;jsessionid=...", "用 URL 重写携带标识符：/cart;jsessionid=..."),
)  # fmt: skip

ATTACK_ROWS: Mapping[str, Element] = _rows(
    "attacks",
    ("stolen id", Rfc(6265, "8.4"), "A copied id is used while the session lives", "在会话存活期间使用被复制的标识符"),
    ("eavesdropping", Rfc(6265, "8.3"), "The id is read off an unencrypted connection", "从未加密的连接上窃听标识符"),
    ("script theft", owasp("HttpOnly Attribute"), "A script injected into the page reads the id", "注入页面的脚本读取标识符"),
    ("fixation", Rfc(6265, "8.4"), "The victim logs in under an id that the attacker planted", "受害者用攻击者植入的标识符登录"),
    ("guessing", owasp("Session ID Entropy"), "The attacker works out a valid id", "攻击者猜出有效的标识符"),
    ("replay after logout", owasp("Manual Session Expiration"), "An id copied earlier is used after logout", "退出登录后使用先前复制的标识符"),
    ("shared link", _SERVLET_REWRITING, "A link that holds the id is passed on", "含标识符的链接被转发"),
    ("request forgery", Rfc(6265, "8.2"), "Another site makes the victim's browser send a request", "其他网站让受害者的浏览器发送请求"),
)  # fmt: skip

DEFENCE_ROWS: Mapping[str, Element] = _rows(
    "defences",
    ("Secure cookie", owasp("Secure Attribute"), "The id's cookie is Secure", "标识符的 cookie 带 Secure"),
    ("HttpOnly cookie", owasp("HttpOnly Attribute"), "The id's cookie is HttpOnly", "标识符的 cookie 带 HttpOnly"),
    ("SameSite cookie", owasp("SameSite Attribute"), "The id's cookie is SameSite=Lax", "标识符的 cookie 带 SameSite=Lax"),
    ("CSRF token", CSRF_TOKEN_PATTERN, "A request that changes something must bring the token of the site's own page", "改变状态的请求必须带上本站页面里的令牌"),
    ("new id at login", owasp("Renew the Session ID After Any Privilege Level Change"), "The id changes at login", "登录时更换标识符"),
    ("unguessable ids", owasp("Session ID Entropy"), "Ids are random and long", "标识符随机且足够长"),
    ("server-side logout", owasp("Manual Session Expiration"), "Logout destroys the session on the server", "退出登录时销毁服务器上的会话"),
    ("cookies only", owasp("Used vs. Accepted Session ID Exchange Mechanisms"), "No id is taken from or put into URLs", "标识符不出现在 URL 中"),
)  # fmt: skip

LIMIT_ROWS: Mapping[str, Element] = _rows(
    "limits",
    ("idle timeout", _SERVLET_TIMEOUTS, "30 minutes without a request, as many servlet containers have it", "30 分钟没有请求（许多 Servlet 容器的默认值）"),
    ("absolute timeout", owasp("Absolute Timeout"), "8 hours in all, an office day", "总共 8 小时（一个工作日）"),
)  # fmt: skip

_TABLES = (RULES, CARRIER_ROWS, ATTACK_ROWS, DEFENCE_ROWS, LIMIT_ROWS)
ELEMENTS: Mapping[str, Element] = {row.id: row for table in _TABLES for row in table.values()}


CARRIERS = Domain("carrier of the session id", ("cookie", "URL rewriting"), {"url": "URL rewriting", "jsessionid": "URL rewriting"}, {"URL rewriting": {"zh": "URL 重写"}})  # fmt: skip
ATTACKS = Domain(
    "attack on a session", tuple(ATTACK_ROWS), {"CSRF": "request forgery", "XSS": "script theft", "session fixation": "fixation"},
    {"stolen id": {"zh": "标识符被盗"}, "eavesdropping": {"zh": "窃听"}, "script theft": {"zh": "脚本窃取"},
     "fixation": {"en": "session fixation", "zh": "会话固定"}, "guessing": {"zh": "猜测标识符"},
     "replay after logout": {"zh": "退出后重放"}, "shared link": {"zh": "转发链接"},
     "request forgery": {"en": "cross-site request forgery", "zh": "跨站请求伪造"}},
)  # fmt: skip
DEFENCES = Domain(
    "defence of a session", tuple(DEFENCE_ROWS), {},
    {"CSRF token": {"zh": "CSRF 令牌"}, "new id at login": {"zh": "登录时更换标识符"},
     "unguessable ids": {"zh": "不可猜测的标识符"}, "server-side logout": {"zh": "服务器端销毁会话"},
     "cookies only": {"zh": "只用 cookie"}},
)  # fmt: skip
SOFTWARE = Domain("server software", ("Jakarta Servlet", "PHP", "ASP.NET", "Express"), {"Java": "Jakarta Servlet", "Node.js": "Express", "Tomcat": "Jakarta Servlet"})  # fmt: skip

STORES = Domain(
    "place of sessions", ("own memory", "shared store", "signed cookie"), {"memory": "own memory", "shared": "shared store", "signed": "signed cookie"},
    {"own memory": {"en": "the server's own memory", "zh": "服务器自己的内存"}, "shared store": {"en": "a store that all servers share", "zh": "各服务器共享的存储"},
     "signed cookie": {"en": "a signed cookie", "zh": "签名的 cookie"}},
)  # fmt: skip
BALANCING = Domain(
    "way of balancing", ("sticky", "round robin"), {"affinity": "sticky"},
    {"sticky": {"en": "sticky sessions", "zh": "会话粘滞"}, "round robin": {"en": "in turn", "zh": "轮流"}},
)  # fmt: skip

ID_NAMES: Mapping[str, str] = {
    "Jakarta Servlet": "JSESSIONID",
    "PHP": "PHPSESSID",
    "ASP.NET": "ASP.NET_SessionId",
    "Express": "connect.sid",
}
"""The names under which servers send the id, unless configured otherwise."""


@dataclass(frozen=True)
class Spec:
    """The model as data: the rules in force, the carriers that servers look at, the attacks that do harm and the defences
    that work; times in seconds; and the names under which servers send ids.
    """

    rules: frozenset[str] = frozenset(RULES)
    carriers: frozenset[str] = frozenset(CARRIER_ROWS)
    attacks: frozenset[str] = frozenset(ATTACK_ROWS)
    defences: frozenset[str] = frozenset(DEFENCE_ROWS)
    idle: int = HOUR // 2
    absolute: int = 8 * HOUR
    id_names: Mapping[str, str] = field(default_factory=lambda: ID_NAMES)

    def applies(self, rule: str) -> bool:
        """Whether the rule is in force."""
        return rule in self.rules

    def uses(self, rule: str, reason: str = "") -> None:
        """Note that the answer rests on the rule."""
        row = RULES[rule]
        touch(row.id)
        because(reason or row.title["en"], row.cite)

    def works(self, defence: Term) -> bool:
        """Whether the defence does what its name says."""
        return defence.name in self.defences


SPEC = Spec()
