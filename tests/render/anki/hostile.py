"""Texts that break decks, by family, and the ways in which an author can write each of them down.

A text is what a learner should read. `markdown` writes it as inline Markdown that means it letter by letter, `quoted` and
`escaped` as a YAML text. `canary()` is what those call that mean to run; tests listen for it.
"""

from __future__ import annotations

import re

FAMILIES: dict[str, tuple[str, ...]] = {
    "scripts": (
        "<script>canary()</script>", "<SCRIPT SRC=https://canary.test/a.js></SCRIPT>", "<scr<script>ipt>canary()</script>",
        "</script><script>canary()</script>", "<script>/*", "*/canary()//</script>", "<script\x20type=module>canary()</script>",
        "<svg><script>canary()</script></svg>", "<svg><script href=data:,canary()>", "<math><mi><script>canary()</script>",
        "<noscript><p title=\"</noscript><img src=x onerror=canary()>\">", "<template><script>canary()</script></template>",
        "<script>canary`1`</script>", "<%= canary() %>", "${canary()}", "#{canary()}", "{% raw %}", "<? canary() ?>",
    ),
    "handlers": (
        "<img src=x onerror=canary()>", "<img src=\"x\" onerror='canary()'", "<svg onload=canary()>", "<body onload=canary()>",
        "<input autofocus onfocus=canary()>", "<details open ontoggle=canary()><summary>s", "<video><source onerror=canary()>",
        "<style onload=canary()></style>", "<marquee onstart=canary()>", "<p style=\"animation-name:x\" onanimationstart=canary()>",
        "\" onmouseover=\"canary()\" x=\"", "' autofocus onfocus='canary()' x='", "\"><img src=x onerror=canary()>", "` onload=`canary()",
        "x\" onerror=\"canary()", "<image href=x onerror=canary()>", "<audio src=x onerror=canary()>", "<button onclick=canary() autofocus>b</button>",
    ),
    "addresses": (
        "<a href=javascript:canary()>a</a>", "<a href=\"java\tscript:canary()\">a</a>", "javascript:canary()", "<iframe src=javascript:canary()>",
        "<iframe srcdoc='<script>parent.canary()</script>'>", "<img src=https://canary.test/a.png>", "<link rel=stylesheet href=https://canary.test/a.css>",
        "<meta http-equiv=refresh content='0;url=https://canary.test/'>", "<base href=https://canary.test/>", "<object data=https://canary.test/>",
        "<embed src=https://canary.test/>", "<form action=https://canary.test/><button>go", "<style>@import 'https://canary.test/a.css'</style>",
        "<p style='background:url(https://canary.test/b.png)'>", "<video poster=https://canary.test/c.png>", "https://canary.test/?a=1&b=2",
        "<img src='quizgen-0123456789abcdef.svg'>", "<a ping=https://canary.test/ href=#>", "[a](javascript:canary())", "![a](https://canary.test/d.png)",
        "<https://canary.test/>", "file:///etc/passwd", "..\\..\\x", "//canary.test/x", "<img src=\"../../collection.anki2\">",
    ),
    "broken": (
        "<", ">", "<b", "</", "</div>", "</article></body></html>", "<table><tr><td>", "<!-- open", "-->", "<!--><img src=x onerror=canary()>",
        "--!>", "<![CDATA[x]]>", "]]>", "<textarea>", "</textarea>", "<title>", "</title>", "<style>.qz{display:none}", "</style>", "<plaintext>",
        "<xmp>", "<noembed>", "<select><option>", "<p><p></b></p>", "<a\nb>", "<div id=qa>", "<div class='qz front' data-id=x>", "<hr id=answer>",
        "<!doctype html>", "<?xml version='1.0'?>", "<br/><br>", "a<b>c<d", "1 < 2 > 1", "<>", "< script>", "<ul><li>", "<frameset>", "<a href='",
    ),
    "entities": (
        "&amp;", "&lt;script&gt;canary()&lt;/script&gt;", "&#60;img src=x onerror=canary()&#62;", "&#x3c;b&#x3e;", "&nbsp;", "&", "&&", "&#0;", "&#x1f;",
        "&#55296;", "&#1114112;", "&notanentity;", "&copy", "&lt", "&#123;&#123;c1::x&#125;&#125;", "&#91;sound:x.mp3&#93;", "&zwj;&#8238;", "&quot;&apos;&#39;",
        "%3Cscript%3E", "\\u003cscript\\u003e", "\\x3c", "AT&T", "?a=1&lt=2&copy=3",
    ),
    "templates": (
        "{{c1::x}}", "{{c1::x::hint}}", "{{c1::", "}}", "{{", "{{c2::a}} {{c1::b}}", "{{c1,2::x}}", "{{c0::x}}", "{{c999::x}}", "{{c1::{{c2::x}}}}", "::", "a::b",
        "c1::x", "{{Question}}", "{{FrontSide}}", "{{#Figure}}x{{/Figure}}", "{{^Key}}", "{{/Key}}", "{{!--", "{{=<% %>=}}", "<%Question%>", "{{{Question}}}",
        "{{type:Typed}}", "{{type:cloze:Question}}", "[[type:Typed]]", "{{hint:Key}}", "{{tts en_US:Key}}", "{{furigana:Key}}", "漢字[かんじ]", "{{cloze:Question}}",
        "{{c1::image-occlusion:rect:left=.1}}", "{{Tags}}", "{{Deck}}", "{ a }", "}{", "{}", "{answer}", "{{answer}}", "{ {c1::x} }", "{\u200b{c1::x}}", "<<open.html>>",
    ),
    "brackets": (
        "[sound:x.mp3]", "[sound:https://canary.test/x.mp3]", "[sound:|touch x]", "[anki:play:q:0]", "[anki:tts lang=en_US]x[/anki:tts]", "[latex]\\input{/etc/passwd}[/latex]",
        "[latex]", "[$]x^2[/$]", "[$$]y[/$$]", "[/$]", "\\(x^2\\)", "\\[y\\]", "\\\\(x\\\\)", "$x$", "$$y$$", "\\begin{align}x\\end{align}", "\\(\\href{javascript:canary()}{x}\\)",
        "<anki-mathjax>x</anki-mathjax>", "<anki-mathjax block=\"true\">\\require{x}</anki-mathjax>", "[", "]", "[[", "[]", "[x]", "[image:x.png]", "<img src=\"_x.png\">", "\\",
    ),
    "markdown": (
        "*a*", "**b**", "***", "_c_", "__d__", "`e`", "``", "`", "*", "_", "a*b*c", "a * b * c", "snake_case_name", "__Host-a__", "\\*", "\\`", "# a", "- a", "1. a", "> a", "| a | b |", "~~a~~",
        "c  ", "  a", "---", "```js", "`<b>`", "**<i>**", "*`*`*", "<!-- *a* -->", "\\&amp;", "[a]: b", "a\\", ":smile:", "^a^", "==a==", "\\_", "2 * 3 * 4", "**", "`` ` ``",
    ),
    "scripts of the world": (
        "三次握手", "עברית", "العربية ١٢٣", "\u202eRTL\u202c", "\u202d\u202e\u2066x\u2069", "\u200f\u200e", "abc \u05d0\u05d1 (def)", "🤝", "👩‍👩‍👧‍👦", "🇩🇪🇨🇳", "👍🏽", "☃️",
        "1️⃣", "𝄞 𝔘𝔫𝔦", "e\u0301", "\u0301", "Z" + "\u0351\u036b\u0343" * 20, "ﬁ ﬀ", "ß ẞ", "İi ıI", "ｆｕｌｌ", "ก็็็็", "नमस्ते", "\u1112\u1161\u11ab", "한글", "Å\u212b\u2126", "\U0010fffd", "\ue000", "\U000e0041",
    ),
    "unseen": (
        "a\u200bb", "a\u00adb", "a\u00a0b", "\u00a0", "\u2060x", "\u3000全角", "a\u180eb", "\ufffd", "\u2800", "\u115f", "\u034f", "x\ufe0f", "a\u2009b", "\u200d", "\u200c", "a\tb", "\t", "tab\t\ttab", "a  b", "\u2063",
        "\ufff9a\ufffab\ufffb", "\ufffc",
    ),
    "only with escapes": ("a\nb", "a\n\nb", "\ufeffx", "x\ufeffy", "a\u2028b", "a\u2029b", "a\u0085b", "c\rd", "e\r\nf", "\n<script>\ncanary()\n</script>\n", "g \n h"),
    "numbers and words": ("0", "007", "1e999", "NaN", "null", "~", "no", "-1", "True", "undefined", "[object Object]", "__proto__", "constructor", "%s%n", "%00", "1,5", "½", "'", "''", '"', '""', "' OR 1=1 --", "x'); DROP TABLE notes;--", "a,b;c\td", "quizgen::removed", "tag with space", "a\"b", "\\0", "\\x1f", "\\n"),
    "long": ("W" * 3_000, "word " * 600 + "end", "<" * 3_000, "{{c1::" * 500, "&" * 3_000, "](" * 1_000, "*a " * 700 + "end", "\u0301" * 500, "<b>" * 900, "(((((((((([[[[[[[[[[" * 50, "三" * 2_000),
}  # fmt: skip
HUGE = {
    "letters": "x" * 1_000_000,
    "tags": "<img src=x onerror=canary()>" * 36_000,
    "clozes": "{{c1::x}} " * 100_000,
    "stars": "a*b " * 250_000,
}
"""A megabyte each."""


def texts() -> list[str]:
    """Every text by itself."""
    return [text for family in FAMILIES.values() for text in family if text.strip()]


def pairs() -> list[str]:
    """Texts of different families behind one another, each pair of texts in one order, without anything between."""
    alone = [text for text in texts() if len(text) < 100]
    return [alone[at] + alone[(at * 7 + turn * 131 + 1) % len(alone)] for turn in range(6) for at in range(len(alone))]


def shown(text: str) -> str:
    """What a learner reads: Anki composes characters, and a line break is a space."""
    from unicodedata import normalize

    return normalize("NFC", re.sub(" *(\r\n?|\n) *", " ", text))
