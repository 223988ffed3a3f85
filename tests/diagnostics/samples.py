"""Diagnostics of each shape, for the tests of renderers."""

from quizgen.diagnostics.diagnostic import Diagnostic, Label
from quizgen.spans import SourceFile, Span

TEXT = """\
topic: tcp/handshake
items:
  - id: synack
    key: x + 2
    zh: 三次握手 x + 2，对吗
\tnote: [x,
      y,
      z]
    long: """ + " ".join(f"word{number}" for number in range(60))  # fmt: skip
FILE = SourceFile("content/handshake.yaml", TEXT)
OTHER = SourceFile("content/other.yaml", "topic: tcp/handshake\n")


def span(text: str, source: SourceFile = FILE) -> Span:
    """The first place of the text in the source."""
    start = source.text.index(text)
    return Span(source, start, start + len(text))


WRONG_KEY = Diagnostic(
    "QG204", "the key disagrees with the reference model", span("x + 2"), label="the model computes x + 1",
    notes=("trace: 1. client SYN SEQ=x\n2. server SYN,ACK", "RFC 9293 §3.4: SYN occupies one sequence number"),
    help="did you mean `x + 1`?", fix="x + 1",
)  # fmt: skip
WIDE = Diagnostic("QG204", "after wide characters", span("对吗"), label="here", severity="warning")
SEVERAL_LINES = Diagnostic("QG103", "over several lines", span("[x,\n      y,\n      z]"), label="three")
LABELS = Diagnostic(
    "QG107", "there is another topic `tcp/handshake`", span("tcp/handshake", OTHER),
    labels=(Label(span("tcp/handshake"), "first used here"),),
)  # fmt: skip
TWO_ON_A_LINE = Diagnostic("QG001", "given twice", span("key"), labels=(Label(span("x + 2"), "its value"),))
LONG = Diagnostic("QG303", "in a long line", span("word40"), label="this one")
NO_SPAN = Diagnostic("QG024", "the file has 100 MiB", file="big.yaml", help="divide it")
HOSTILE = Diagnostic(
    "QG205", "colours \x1b[31m and \u202ereversed", Span(SourceFile("a\x1bb.yaml", "\x1b[2Jk: \u202ev\n"), 8, 9),
    label="\x07", notes=("\x1b[0m",), help="\r",
)  # fmt: skip
EMPTY_SPAN = Diagnostic("QG020", "nothing here", Span(FILE, len(TEXT), len(TEXT)))
ALL = (WRONG_KEY, WIDE, SEVERAL_LINES, LABELS, TWO_ON_A_LINE, LONG, NO_SPAN, HOSTILE, EMPTY_SPAN)
