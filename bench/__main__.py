"""`python -m bench [GROUP...] [--runs N]`: quizgen against its peers, in one run, as ratios."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.corpus import write_anki_yaml_tool, write_quizgen
from bench.measure import Command, compare, run

BIN = Path(sys.executable).parent
QUIZGEN, BARE = [str(BIN / "quizgen")], Command("python -c pass", [sys.executable, "-c", "pass"])
Row = tuple[str, str, float, float]


def start(runs: int, work: Path) -> Iterator[Row]:
    """Start-up against a bare interpreter."""
    for name, argv, goal in (
        ("--version", ["--version"], 1.5),
        ("--help", ["--help"], 15),
        ("explain QG204", ["explain", "QG204"], 15),
    ):
        yield _row(Command(f"quizgen {name}", [*QUIZGEN, *argv]), BARE, goal, runs)


def shipped(runs: int, work: Path) -> Iterator[Row]:
    """The shipped knowledge: check, a whole build, and a build when nothing changed; seconds beside the bare start."""
    out = str(work / "shipped")
    check = Command("quizgen check", [*QUIZGEN, "check"])
    yield _row(check, BARE, 0, runs)
    first = Command("quizgen build", ["sh", "-c", f'rm -rf "{out}"; exec {QUIZGEN[0]} build --out "{out}"'])
    yield _row(first, check, 0, runs)
    yield _row(Command("quizgen build, nothing changed", [*QUIZGEN, "build", "--out", out]), first, 0.25, runs)


def decks(runs: int, work: Path) -> Iterator[Row]:
    """10,000 cards from YAML to .apkg: quizgen judges each, its peers none."""
    ours = _build(work, 10_000)
    theirs = work / "peer.yaml"
    write_anki_yaml_tool(theirs, 10_000)
    floor = Command(
        "bare prototype",
        [sys.executable, "-m", "bench.prototype", str(work / "10000.yaml"), str(work / "floor.apkg")],
        Path.cwd(),
    )
    yield _row(ours, floor, 3, runs)
    if shutil.which("anki-yaml-tool", path=str(BIN)):
        peer = Command(
            "anki-yaml-tool 0.4.0",
            [str(BIN / "anki-yaml-tool"), "build", "--file", str(theirs), "--output", str(work / "peer.apkg")],
        )
        yield _row(ours, peer, 0.2, runs)


def growth(runs: int, work: Path) -> Iterator[Row]:
    """100,000 cards against 10,000: time must grow with the number of cards, not faster."""
    large = _build(work, 100_000)
    yield _row(large, _build(work, 10_000), 11, max(1, runs // 3))
    print(f"  peak memory at 100,000 items: {run(large)[1]:.0f} MiB")


def _build(work: Path, count: int) -> Command:
    source = work / f"{count}.yaml"
    write_quizgen(source, count)
    out = str(work / f"out-{count}")
    return Command(
        f"quizgen build, {count:,} items",
        ["sh", "-c", f'rm -rf "{out}"; exec {QUIZGEN[0]} build "{source}" --format anki --out "{out}"'],
    )


def _row(one: Command, other: Command, goal: float, runs: int) -> Row:
    first, second, ratio = compare(one, other, runs)
    return f"{one.name} ({first.median:.3f} s)", f"{other.name} ({second.median:.3f} s)", ratio, goal


GROUPS: dict[str, Callable[[int, Path], Iterator[Row]]] = {
    "start": start,
    "shipped": shipped,
    "decks": decks,
    "growth": growth,
}


def main() -> None:
    """Print one line for each comparison."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("groups", nargs="*", choices=[*GROUPS, []], help=f"of {', '.join(GROUPS)}; all without any")
    parser.add_argument("--runs", type=int, default=9, help="counted runs of each command (default 9)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="quizgen-bench-") as folder:
        for name in options.groups or GROUPS:
            print(f"{name}: {GROUPS[name].__doc__}")
            for one, other, ratio, goal in GROUPS[name](options.runs, Path(folder)):
                reach = f"   goal: at most {goal:g}" if goal else ""
                print(f"  {ratio:8.2f} = {one} / {other}{reach}", flush=True)


if __name__ == "__main__":
    main()
