"""Faults of wording: what is found, and what only looks like it, in English and Chinese."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.check.compile import compile_paths
from quizgen.check.rules import ITEM_RULES
from quizgen.check.wording import Asked, asked, unmarked, width, word_count
from quizgen.markup import plain
from tests.check.wording import HEAD, Words, choice, codes, findings, item, under

ZH = "{en: An example, zh: 示例}"
CODES = {"QG304", "QG305", "QG306", "QG307", "QG309", "QG310", "QG311", "QG312"}


@pytest.mark.parametrize(
    ("options", "found"),
    [
        pytest.param(("x", "y", "None of the above"), True, id="none"),
        pytest.param(("x", "y", "all of these."), True, id="all"),
        pytest.param(("All of the above are right", "p that is long", "q"), True, id="as-key"),
        pytest.param(("x", "y", "以上都对"), True, id="zh-all"),
        pytest.param(("x", "y", "以上选项均不正确"), True, id="zh-none"),
        pytest.param(("x", "y", "都不对"), True, id="zh-short"),
        pytest.param(("one", "both of them", "all of the servers"), False, id="counts-things"),
        pytest.param(("x", "都是 CLOSED", "两端都不能发送"), False, id="zh-speaks-of-things"),
    ],
)
def test_all_of_the_above(options: tuple[str, ...], found: bool, tmp_path: Path) -> None:
    assert codes(tmp_path, choice("Which?", *options)) == ["QG304"] * found


@pytest.mark.parametrize(
    ("stem", "found"),
    [
        pytest.param("Which flag is not set?", True, id="not"),
        pytest.param("Which flag isn't set?", True, id="contracted"),
        pytest.param("A SYN arrives. Which of these states can it never arrive in?", True, id="never"),
        pytest.param("All but one are set. Choose what is incorrect: which are false?", True, id="false"),
        pytest.param("Which flags are set except for ACK?", True, id="except"),
        pytest.param("Which flag is **not** set?", False, id="strong"),
        pytest.param("Which flag is *not* set?", False, id="emphasis"),
        pytest.param("Which flag is NOT set?", False, id="capitals"),
        pytest.param("Why is the flag not set?", False, id="why"),
        pytest.param("The flag is not set. What follows?", False, id="another-sentence"),
        pytest.param("What follows if the flag is not set?", False, id="clause"),
        pytest.param("What does a server that has not answered know?", False, id="relative"),
        pytest.param("What does `not x` mean?", False, id="code"),
        pytest.param("哪个标志没有置位？", True, id="zh-meiyou"),
        pytest.param("下列哪项不是 TCP 的标志？", True, id="zh-bu"),
        pytest.param("以下说法不正确的是", True, id="zh-incorrect"),
        pytest.param("关于 SYN，错误的是哪一项？", True, id="zh-wrong"),
        pytest.param("除 ACK 以外，哪些标志置位？", True, id="zh-except"),
        pytest.param("哪个标志**没有**置位？", False, id="zh-strong"),
        pytest.param("为什么连接不能当作标识？", False, id="zh-why"),
        pytest.param("没有收到应答时，客户端处于什么状态？", False, id="zh-other-clause"),
        pytest.param("没有 `Secure` 的 cookie 何时发送？", False, id="zh-attribute"),
        pytest.param("两者有什么不同？", False, id="zh-differ"),
        pytest.param("服务器什么都不记。副本还能用多久？", False, id="zh-nothing"),
        pytest.param("哪个标志是不是置位，取决于什么？", False, id="zh-whether"),
    ],
)
def test_negative_stem(stem: str, found: bool, tmp_path: Path) -> None:
    language = "zh" if any(char >= "\u4e00" for char in stem) else "en"
    other = {"en": "Which?", "zh": "哪个？"}
    assert codes(tmp_path, choice({**other, language: stem}, "p", "q"), title=ZH) == ["QG305"] * found


def test_a_statement_may_be_negative(tmp_path: Path) -> None:
    stated = item(type_="true-false", statement="Which flag is not set does not matter.", key="true")
    assert codes(tmp_path, stated) == []


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        pytest.param(("Which timer starts?", "the timer of the SYN", "none", "another"), "timer", id="word"),
        pytest.param(("What do timers do?", "a timer runs", "none", "another"), "timers", id="ending"),
        pytest.param(("哪个计时器启动？", "重传计时器", "没有", "别的"), "计时器", id="zh"),
        pytest.param(("哪个重传计时器启动？", "首次重传计时器", "没有", "别的"), "重传计时器", id="zh-whole"),
        pytest.param(("Which timer starts?", "the timer of SYN", "the timer of FIN"), None, id="distractor-too"),
        pytest.param(("Which timer of the server?", "the timer", "the server"), None, id="distractor-echoes-another"),
        pytest.param(("Which timer starts?", "this", "that timer"), None, id="only-a-distractor"),
        pytest.param(("Which comes first?", "the first", "the other"), None, id="common-word"),
    ],
)
def test_clang(texts: tuple[str, ...], found: str | None, tmp_path: Path) -> None:
    told = [one.message for one in findings(tmp_path, choice(*texts))]
    assert told == ([f"only the key repeats `{found}` of the stem (en)"] if found else [])


@pytest.mark.parametrize(
    ("options", "found"),
    [
        pytest.param(("0-10", "10-20"), True, id="common-end"),
        pytest.param(("0 to 10 bytes", "5 to 20 bytes"), True, id="units"),
        pytest.param(("between 1 and 3", "2"), True, id="number-in-a-range"),
        pytest.param(("at least 5", "at least 10"), True, id="one-sided"),
        pytest.param(("不超过 1,000 个", "500 个"), True, id="zh"),
        pytest.param(("5 到 10 秒", "10 到 15 秒"), True, id="zh-between"),
        pytest.param(("0-10", "11-20"), False, id="apart"),
        pytest.param(("less than 5", "at least 5"), False, id="open-end"),
        pytest.param(("5 ms", "5 s"), False, id="other-units"),
        pytest.param(("1 to 2 kB", "1 to 2 MB"), False, id="ranges-in-other-units"),
        pytest.param(("2026-01-02", "2026-01-03"), False, id="dates"),
        pytest.param(("10.0.0.1", "10.0.0.2"), False, id="addresses"),
        pytest.param(("1,2,3", "2,1,3"), False, id="sequences"),
        pytest.param(("1-RTT of two", "1-3"), False, id="words"),
    ],
)
def test_overlapping_ranges(options: tuple[str, ...], found: bool, tmp_path: Path) -> None:
    assert codes(tmp_path, choice("How many?", *options)) == ["QG307"] * found


@pytest.mark.parametrize(
    ("second", "found"),
    [
        pytest.param("Which  flag is set", True, id="spaces"),
        pytest.param("WHICH FLAG IS `SET`?", True, id="case-and-code"),
        pytest.param("Which flags are set?", False, id="other-words"),
    ],
)
def test_same_stem(second: str, found: bool, tmp_path: Path) -> None:
    items = (choice("Which flag is set?", "p", "q"), choice(second, "p", "q", id_="two"))
    assert codes(tmp_path, *items) == ["QG308"] * found


@pytest.mark.parametrize(
    ("figures", "found"),
    [
        pytest.param(("message:1", "message:2"), False, id="other-drawing"),
        pytest.param(("message:1", "message:1"), True, id="same-drawing"),
    ],
)
def test_same_stem_about_drawings(figures: tuple[str, str], found: bool, tmp_path: Path) -> None:
    items = [
        item(
            f"item-{index}", "figure", stem="What is masked?", key={"text": "p"}, distractors=[{"text": "q"}],
            figure={"scenario": "handshake", "mask": mask},
        )
        for index, mask in enumerate(figures)
    ]  # fmt: skip
    assert codes(tmp_path, *items) == ["QG308"] * found


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        pytest.param(" ".join(["word"] * 13), True, id="13"),
        pytest.param(" ".join(["word"] * 12), False, id="12"),
        pytest.param("字" * 26, True, id="zh-26"),
        pytest.param("字" * 24, False, id="zh-24"),
    ],
)
@pytest.mark.parametrize("type_", ["short", "cloze"])
def test_long_answer(answer: str, found: bool, type_: str, tmp_path: Path) -> None:
    short = {"stem": "What?", "key": answer}
    cloze = {"text": "It is {1}.", "blanks": [{"key": answer}]}
    assert codes(tmp_path, item("one", type_, **(short if type_ == "short" else cloze))) == ["QG309"] * found


@pytest.mark.parametrize(
    ("options", "found"),
    [
        pytest.param(("x" * 41, "y" * 20), True, id="more-than-twice"),
        pytest.param(("x" * 40, "y" * 20), False, id="twice"),
        pytest.param(("x" * 19, "y"), False, id="short"),
        pytest.param(("x" * 20, "y" * 41), False, id="distractor"),
        pytest.param(("字" * 21, "y" * 20), True, id="zh-counts-twice"),
    ],
)
def test_long_key(options: tuple[str, ...], found: bool, tmp_path: Path) -> None:
    assert codes(tmp_path, choice("Which?", *options)) == ["QG310"] * found


@pytest.mark.parametrize(
    ("options", "found"),
    [
        pytest.param(("the server", "always the client"), True, id="always"),
        pytest.param(("the server", "under no circumstances"), True, id="phrase"),
        pytest.param(("服务器", "总是客户端"), True, id="zh"),
        pytest.param(("never", "always"), False, id="key-too"),
        pytest.param(("always", "sometimes"), False, id="key-only"),
        pytest.param(("服务器", "不一定"), False, id="zh-not-certain"),
    ],
)
def test_absolute_word(options: tuple[str, ...], found: bool, tmp_path: Path) -> None:
    title = ZH if any(char >= "\u4e00" for char in options[0]) else "An example"
    texts: Sequence[Words] = options
    if title == ZH:
        texts = [{"en": name, "zh": text} for name, text in zip("pq", options, strict=True)]
    assert codes(tmp_path, choice("Which?", *texts), title=title) == ["QG311"] * found


@pytest.mark.parametrize(
    ("made", "found"),
    [
        pytest.param(item(type_="cloze", text="It is an {1}.", blanks=[{"key": "ACK"}]), True, id="cloze"),
        pytest.param(item(type_="cloze", text="It is a(n) {1}.", blanks=[{"key": "ACK"}]), False, id="open-article"),
        pytest.param(choice("A SYN is answered by a", "SYN-ACK", "ACK"), True, id="choice"),
        pytest.param(choice("A SYN is answered by a", "SYN-ACK", "FIN"), False, id="fits-all"),
        pytest.param(choice("What is a TCB?", "SYN-ACK", "ACK"), False, id="inside"),
    ],
)
def test_article(made: str, found: bool, tmp_path: Path) -> None:
    assert codes(tmp_path, made) == ["QG312"] * found


@pytest.fixture(scope="module")
def each(tmp_path_factory: pytest.TempPathFactory) -> Asked:
    """An item with one key and two distractors, whose words are replaced."""
    file = tmp_path_factory.mktemp("any") / "a.yaml"
    file.write_text(HEAD.format(title=ZH) + choice(*({"en": text, "zh": text} for text in "spqr")), "utf-8")
    checked = compile_paths([file])
    (made,) = asked(checked.knowledge, checked.bank)
    return made


PIECES = ("1", "2,3", "1,000", "1.5", "-", "–", "..", "~", "≥", "<", " to ", "between ", " at least ", "不超过", "至", " kB", "个", "²", "٣", "*", "`", "\\", "{",
          "a ", "an ", "not ", "which ", "不是", "哪", "all of the above", "以上都对", "...", "SYN", "、", "，", "。", "?", "\n", "\u2028", "é")  # fmt: skip


TEXTS = (
    st.lists(st.sampled_from(PIECES), max_size=6).map("".join)
    | st.text(max_size=20)
    | st.text("0123.,", min_size=1, max_size=9)
)


@given(st.lists(TEXTS.filter(lambda text: bool(plain(text).strip())), min_size=4, max_size=4))
def test_no_text_does_harm(each: Asked, texts: list[str]) -> None:
    stem, *options = ({"en": text, "zh": text} for text in texts)
    written = tuple(replace(old, text=new) for old, new in zip(each.question.options, options, strict=True))
    other = Asked(each.entry, replace(each.question, stem=stem, options=written))
    assert {one.code for rule in ITEM_RULES if (one := rule(other))} <= CODES


def test_a_finding_points_at_the_option(tmp_path: Path) -> None:
    (one,) = findings(tmp_path, choice("Which?", "p", "q", "None of the above"))
    assert "None of the above" in under(one)


def test_what_is_emphasised_does_not_count() -> None:
    assert unmarked("is **not** `x` set") == "is * * set"


def test_lengths() -> None:
    assert width("SYN 报文") == 8
    assert word_count("the SYN-ACK's 10.5 s") == 4
    assert word_count("同步报文 SYN") == 3
