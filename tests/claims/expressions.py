"""Random expressions of the claim language, and texts that would like to be some."""

from __future__ import annotations

import inspect
import random
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from quizgen.claims.kinds import kind

_TOKEN = re.compile(r"""[^\W\d]\w*|\d+|"[^"]*"|'[^']*'|[=!<>]=|\s+|.""", re.DOTALL)
_COMPARE = ("==", "!=", "<", "<=", ">", ">=", "in", "not in")
_NUMBERS = ("0", "1", "2", "3", "5", "20", "255", "65535", "4294967295", "4294967296", "1.5", "1e9", "1e308", "9" * 38)
_TEXTS = ('""', '"a"', '"4 KiB"', '"2 min"', '"example.com"', '"/docs"', '"SID=31d4; Path=/"', "'三次握手'", '"\\x00"', '"' + "a" * 300 + '"')  # fmt: skip
_WORDS = ("all", "any", "count", "min", "max", "numbers", "size", "duration", "rate")

HOSTILE = (
    "{e}.__class__", "{e}.__class__.__bases__", "{e}.__init__.__globals__", "{e}.__dict__", "{e}.published", "{e}._closure()",
    "().__class__.__mro__", "'{{0.__class__}}'.format({e})", "{e}.show()", "{e}.read('x')", "{e}.format", "type({e})", "getattr({e}, 'x')",
    "__import__('os').system('true')", "open('/etc/passwd')", "eval('1')", "exec('1')", "globals()", "vars()", "dir()", "breakpoint()",
    "(lambda: {e})()", "[{e} for a.b in [1]]", "[{e} for [a, b] in [[1, 2]]]", "(y := {e})", "f'{{{e}}}'", "b'a'", "{e} if {e} else {e}",
    "{e}[0]", "{e}[::1]", "{{{e}: {e}}}", "{{**{e}}}", "[*{e}]", "{f}(*[{e}])", "{f}(**{e})", "{f}({e}, {e}, {e}, {e}, {e})", "{f}(x={e})",
    "{e} ** {e}", "9 ** 9 ** 9", "2 << 999999", "'a' * 10 ** 9", "{e} * {e}", "{e} / 0", "{e} // {e}", "{e} % {e}", "'%s' % {e}", "~{e}",
    "{e} is {e}", "await {e}", "yield {e}", "async_ for", "import os", "{e}; {e}", "{e}\n{e}", "#{e}", "{e} # {e}", "\\", "{e}\\\n+ 1",
    "9" * 60, "1" + "0" * 1500, "0x" + "f" * 400, "1e999 - 1e999", "-" * 60 + "1", "not " * 60 + "True", "(" * 120 + ")" * 120,
    "[" * 60 + "]" * 60, "{{" * 50 + "1" + "}}" * 50, "({e}" + ", {e}" * 12 + ")", "((((((((((((((((((((({e})))))))))))))))))))))",
    "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[{e}]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]", "{e}.{e}", "{f}.{f}", "{f}({f})", "{f} == {f}", "[{f}, {f}]",
    "[a + b for a in numbers(0, 10000) for b in numbers(0, 10000)]", "[[b for b in numbers(0, 9999)] for a in numbers(0, 9999)]",
    "all(all(all({e} == {e} for c in numbers(0, 99)) for b in numbers(0, 99)) for a in numbers(0, 99))", "{{a - b for a in numbers(0, 400) for b in numbers(0, 400)}}",
    "[{e} for a in numbers(0, 10000)]", "count([{e} for a in numbers(0, 500) for b in numbers(0, 500)])", "{f}([a for a in numbers(0, 9999)])",
    "any({f}(a) == {e} for a in numbers(0, 9999))", "all({f}(a, b) for a in numbers(0, 99) for b in numbers(0, 99))", "{f}(numbers(0, 10000))",
    "numbers(0, 10 ** 9)", "numbers(-99999999999, 99999999999)", "numbers(1.5, 2)", "numbers('a', 'b')", "min([])", "max(numbers(5, 1))", "min([{e}, {e}])",
    "count(count)", "all({e})", "[a for a in a]", "[a for b in numbers(0, 3) if a]", "a", "{e} == a", "sum([1])", "sorted({e})", "len({e})", "print({e})",
    "max({{{e}, {e}}})", "{{{e}}} | {{{e}}} & {{{e}}} ^ {{{e}}} - {{{e}}}", "{e} < {e} < {e} < {e}", "'a' < 1", "None", "None == None", "...", "1j", "True + True",
    "size('9' + 'B')", "size('{d}{d}{d} B')", "size('1e99 B')", "size('1_0 KiB')", "duration('٣ s')", "rate('\\ud800')", "size('\\N{{BULLET}}')", "'\\u202e'",
    "{e}\x00", "\x00", "ｘ + 1", "ｃount([1])", "{e}.＿＿class＿＿", "{e}.﹍﹍class﹍﹍", "𝐱 + 𝟏", "x\u200b", "“a”", "é", "\ufeff{e}", "x\r\n+\r\n1", "\t{e}", "{e}\x0c", "ﬁn",
)  # fmt: skip
"""Templates: {e} is an expression, {f} a function, {d} digits."""


class Writer:
    """Writes expressions, and learns from those that had an answer: larger ones are built of them."""

    def __init__(
        self,
        choose: random.Random,
        names: Sequence[Mapping[str, Any]],
        real: Sequence[tuple[str, Mapping[str, Any]]],
    ) -> None:
        self._choose, self._names, self._real = choose, names, real
        self._pools: dict[int, dict[str, list[tuple[str, tuple[str, ...]]]]] = {}
        for known in names:
            pool = self._pools[id(known)] = defaultdict(list)
            pool["number"] += [(text, ()) for text in _NUMBERS]
            pool["text"] += [(text, ()) for text in _TEXTS]
            pool["truth"] += [("True", ()), ("False", ())]
            for name in known:
                self.keep(name, known, known[name])

    def next(self) -> tuple[str, str, Mapping[str, Any]]:
        """Where the expression is from, the expression, and the names that it may use."""
        source = self._choose.choices(("grammar", "mutated", "hostile"), (5, 3, 2))[0]
        if source == "mutated":
            text, names = self._choose.choice(self._real)
            return source, self._mutated(text, names), names
        names = self._choose.choice(self._names)
        text = self._hostile(names) if source == "hostile" else self._grown(names)
        return source, text, names

    def keep(self, text: str, names: Mapping[str, Any], value: Any) -> None:
        """Remember an expression that has this value."""
        pool = self._pools.get(id(names))
        if pool is None or value is None or len(text) > 120:
            return
        what = "function" if inspect.isroutine(value) else kind(value)
        known = pool[what]
        entry = (text, tuple(sorted(getattr(type(value), "published", ()))))
        if len(known) < 400:
            known.append(entry)
        else:
            known[self._choose.randrange(len(known))] = entry

    def _any(self, names: Mapping[str, Any]) -> tuple[str, tuple[str, ...]]:
        pool = self._pools[id(names)]
        return self._choose.choice(pool[self._choose.choice([what for what in pool if what != "function"])])

    def _like(self, names: Mapping[str, Any], what: str) -> str:
        return self._choose.choice(self._pools[id(names)].get(what) or [self._any(names)])[0]

    def _function(self, names: Mapping[str, Any]) -> str:
        return self._choose.choice(self._pools[id(names)]["function"])[0]

    def _grown(self, names: Mapping[str, Any]) -> str:
        way = self._choose.choice(
            (self._call, self._call, self._call, self._part, self._part, self._comparison, self._operation, self._loop)
        )
        return way(names)

    def _call(self, names: Mapping[str, Any]) -> str:
        name = self._function(names)
        count = self._choose.randint(0, 3)
        if name in names and inspect.isfunction(names[name]):
            count = min(len(inspect.signature(names[name]).parameters), 4) - (self._choose.random() < 0.2)
        arguments = [self._any(names)[0] for _ in range(count)]
        return f"{name}({', '.join(arguments)})"

    def _part(self, names: Mapping[str, Any]) -> str:
        text, parts = self._any(names)
        return (
            f"{text}.{self._choose.choice(parts)}" if parts else f"{text}.{self._choose.choice(('name', 'show', '_x'))}"
        )

    def _comparison(self, names: Mapping[str, Any]) -> str:
        what = self._choose.choice(list(self._pools[id(names)]))
        left, right = self._like(names, what), self._like(names, what)
        text = f"{left} {self._choose.choice(_COMPARE)} {right}"
        return self._choose.choice(
            (
                text,
                f"not ({text})",
                f"{text} and {self._like(names, 'truth')}",
                f"{text} or {self._like(names, 'truth')}",
            )
        )

    def _operation(self, names: Mapping[str, Any]) -> str:
        what = self._choose.choice(list(self._pools[id(names)]))
        left, right = self._like(names, what), self._like(names, what)
        return self._choose.choice((
            f"{left} {self._choose.choice('+-|&^')} {right}", f"{{{left}, {right}}}", f"[{left}, {right}]", f"-{left}",
            f"{left} if {self._like(names, 'truth')} else {right}", f"{self._choose.choice(_WORDS)}([{left}, {right}])",
        ))  # fmt: skip

    def _loop(self, names: Mapping[str, Any]) -> str:
        members = self._choose.choice((f"numbers({self._like(names, 'number')}, {self._like(names, 'number')})", self._like(names, "sequence"), self._like(names, "set"), f"[{self._any(names)[0]}, {self._any(names)[0]}]"))  # fmt: skip
        element = re.sub(r"\b\d+\b|\b[A-Z]\w+\b", "n", self._grown(names), count=self._choose.randint(1, 2))
        test = f" if {self._like(names, 'truth')}" if self._choose.random() < 0.2 else ""
        inner = f"{element} for n in {members}{test}"
        return self._choose.choice(
            (f"all({inner})", f"any({inner})", f"[{inner}]", f"{{{inner}}}", f"count([{inner}])", f"max([{inner}])")
        )

    def _hostile(self, names: Mapping[str, Any]) -> str:
        template = self._choose.choice(HOSTILE)
        while "{e}" in template or "{f}" in template:
            part = self._grown(names) if self._choose.random() < 0.3 else self._any(names)[0]
            template = (
                template.replace("{e}", part, 1)
                if "{e}" in template
                else template.replace("{f}", self._function(names), 1)
            )
        return template.replace("{d}", "9" * self._choose.randint(1, 30)).replace("{{", "{").replace("}}", "}")

    def _mutated(self, text: str, names: Mapping[str, Any]) -> str:
        tokens = _TOKEN.findall(text)
        for _ in range(self._choose.randint(1, 4)):
            at = self._choose.randrange(len(tokens)) if tokens else 0
            tokens[at : at + 1] = self._replacement(tokens, at, names)
        return "".join(tokens)

    def _replacement(self, tokens: Sequence[str], at: int, names: Mapping[str, Any]) -> list[str]:
        token = tokens[at] if tokens else ""
        other = self._choose.choice(list(names)) if token.isidentifier() else self._choose.choice(_NUMBERS)
        return self._choose.choice(([], [token, token], [other], [other], [other], [self._choose.choice(_COMPARE)], [self._choose.choice(_TEXTS)],
            ["(", token, ")"], [".", token], [" not ", token], [self._choose.choice("()[]{},.:=\0é-+")], [self._choose.choice(list(names)), "(", token, ")"],
        ))  # fmt: skip
