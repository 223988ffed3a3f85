"""`python -m bench [GROUP...] [--runs N]`: quizgen against its peers, in one run, as ratios."""

from __future__ import annotations

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

from bench.corpus import write_anki_yaml_tool, write_notes, write_quizgen, write_short
from bench.measure import Command, compare, run
from bench.writers import WRITERS

BIN = Path(sys.executable).parent
QUIZGEN, BARE = [str(BIN / "quizgen")], Command("python -c pass", [sys.executable, "-c", "pass"])
CARDS: dict[str, Callable[[Path, int], None]] = {"choices": write_quizgen, "answers": write_short}
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
    """10,000 cards from YAML to .apkg: quizgen judges each, its peer none."""
    sources = {name: _source(work, name, write, 10_000) for name, write in CARDS.items()}
    builds = {name: _build(source, f"10,000 {name}") for name, source in sources.items()}
    floor = [sys.executable, "-m", "bench.prototype", str(sources["choices"]), str(work / "floor.apkg")]
    yield _row(builds["choices"], Command("bare prototype", floor, Path.cwd()), 3, runs)
    if not shutil.which("anki-yaml-tool", path=str(BIN)):
        return
    plain = work / "plain.yaml"
    write_anki_yaml_tool(plain, 10_000)
    yield _row(builds["answers"], _peer(plain, "question and answer alone"), 0.2, runs)
    for name, build in builds.items():
        same = work / f"{name}.yaml"
        run(build)
        write_notes(same, sources[name].parent / "out" / "anki" / "quizgen.en.apkg")
        yield _row(build, _peer(same, "the same notes"), 0.2, max(1, runs // 3))


def _peer(source: Path, what: str) -> Command:
    argv = [str(BIN / "anki-yaml-tool"), "build", "--file", str(source), "--output", str(source.with_suffix(".apkg"))]
    return Command(f"anki-yaml-tool 0.4.0, {what}", argv)


def writer(runs: int, work: Path) -> Iterator[Row]:
    """100,000 notes in memory into a package, by the writer alone, and the size of the file."""
    if find_spec("genanki") is None:
        return
    pairs = [(_seconds("quizgen", work), _seconds("genanki", work)) for _ in range(runs)]
    ours, theirs = (statistics.median(pair[index] for pair in pairs) for index in (0, 1))
    ratio = statistics.median(one / other for one, other in pairs)
    yield f"quizgen's writer ({ours:.3f} s)", f"genanki 0.13.1 ({theirs:.3f} s)", ratio, 0.4
    small, large = ((work / f"{name}.apkg").stat().st_size for name in WRITERS)
    yield f"its file ({small / 2**20:.1f} MiB)", f"genanki's ({large / 2**20:.1f} MiB)", small / large, 0.2


def _seconds(name: str, work: Path) -> float:
    argv = [sys.executable, "-m", "bench.writers", name, "100000", str(work / f"{name}.apkg")]
    return float(subprocess.run(argv, capture_output=True, check=True, text=True).stdout)


def growth(runs: int, work: Path) -> Iterator[Row]:
    """1,000, 10,000 and 100,000 cards: time must grow with the number of cards, not faster."""
    small, middle, large = (
        _build(_source(work, str(count), write_quizgen, count), f"{count:,} choices")
        for count in (1_000, 10_000, 100_000)
    )
    yield _row(middle, small, 11, max(1, runs // 3))
    yield _row(large, middle, 11, max(1, runs // 3))
    print(f"  peak memory of the last: {run(large)[1]:.0f} MiB   goal: less than 700")


def _source(work: Path, name: str, write: Callable[[Path, int], None], count: int) -> Path:
    folder = work / name
    folder.mkdir()
    write(folder / "cards.yaml", count)
    return folder / "cards.yaml"


def _build(source: Path, what: str) -> Command:
    """A build of one file into a package, each time as if it were the first."""
    out, lock = source.parent / "out", source.parent / "quizgen.lock"
    argv = f'rm -rf "{out}" "{lock}"; exec {QUIZGEN[0]} build "{source}" --format anki --out "{out}"'
    return Command(f"quizgen build, {what}", ["sh", "-c", argv])


def _row(one: Command, other: Command, goal: float, runs: int) -> Row:
    first, second, ratio = compare(one, other, runs)
    return f"{one.name} ({first.median:.3f} s)", f"{other.name} ({second.median:.3f} s)", ratio, goal


GROUPS: dict[str, Callable[[int, Path], Iterator[Row]]] = {
    "start": start,
    "shipped": shipped,
    "decks": decks,
    "writer": writer,
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
