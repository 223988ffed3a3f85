"""Files made to hurt: an answer within 2 seconds and 200 MB, each in a process of its own."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
READ = """
import json, re, resource, sys, time
from pathlib import Path
from quizgen.diagnostics.text import render
from quizgen.source.reader import read_file, read_text

def peak():  # the peak of getrusage is, on Linux, at least that of the process which started this one
    status = Path("/proc/self/status")
    if status.exists() and (high := re.search(r"VmHWM:\\s+(\\d+)", status.read_text())):
        return int(high[1]) / 2**10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)

started = time.process_time()
node, found = read_file(sys.argv[1])
text = render(found, 100)
read, megabytes = time.process_time(), peak()
read_text("sound", "- word\\n" * 500_000)
share = (read - started) / (time.process_time() - read)
json.dump([share, megabytes, node is None, sorted({d.code for d in found}), len(text)], sys.stdout)
"""
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs the resource module")


def read(file: Path) -> Any:
    """Its time as a share of that of a sound file of 3.5 MB, peak in MB, whether nothing was read, the codes, and the length of what is printed about them."""
    command = [sys.executable, "-c", READ, str(file)]
    return json.loads(subprocess.run(command, capture_output=True, timeout=60, check=True, cwd=ROOT).stdout)


def _bomb() -> str:
    lines = [f"{b}: &{b} [{', '.join([f'*{a}'] * 10)}]" for a, b in zip("abcdefgh", "bcdefghi", strict=True)]
    return "\n".join(["a: &a [x, x]", *lines])


FILES: dict[str, tuple[str, Callable[[], str | bytes]]] = {
    "brackets 40,000 deep": ("QG023", lambda: "[" * 40_000),
    "brackets on 40,000 lines": ("QG023", lambda: "[\n" * 40_000),
    "braces 10,000 deep": ("QG023", lambda: "{a: " * 10_000),
    "lists 10,000 deep": ("QG023", lambda: "- " * 10_000 + "x"),
    "maps 3,000 deep": ("QG023", lambda: "".join(f"{' ' * depth}a:\n" for depth in range(3000))),
    "alias bomb": ("QG018", _bomb),
    "binary": ("QG026", lambda: bytes(range(256)) * 40_000),
    "bad byte after 10 MB": ("QG025", lambda: b"- x\n" * 2_500_000 + b"- \xff\n"),
    "one line of 5 MB, left open": ("QG004", lambda: 'a: "' + "word " * 1_000_000),
    "4 MB, then a wrong column": ("QG003", lambda: "a:\n" + f"  - {'x' * 40}\n" * 90_000 + " - y\n"),
    "a million times one key": ("QG001", lambda: "a: b\n" * 1_000_000),
    "a million colons": ("QG009", lambda: "a: " * 1_000_000),
    "a million control characters": ("QG027", lambda: "a: " + "\x07" * 1_000_000),
    "a key of a megabyte": ("QG022", lambda: "k" * 1_000_000 + ": v\n"),
}


@pytest.mark.parametrize("name", FILES)
def test_answers_in_bounds(tmp_path: Path, name: str) -> None:
    code, make = FILES[name]
    data = make()
    file = tmp_path / "f.yaml"
    file.write_bytes(data if isinstance(data, bytes) else data.encode())
    share, megabytes, nothing, codes, length = read(file)
    assert (nothing, codes) == (True, [code])
    assert share < 1, f"{share:.1f}"
    assert megabytes < 200, f"{megabytes:.0f} MB"
    assert length < 400_000


def test_a_hundred_megabytes_are_not_opened(tmp_path: Path) -> None:
    file = tmp_path / "f.yaml"
    with file.open("wb") as sparse:
        sparse.truncate(100 * 2**20)
    share, megabytes, nothing, codes, _ = read(file)
    assert (nothing, codes) == (True, ["QG024"])
    assert share < 1
    assert megabytes < 60, f"{megabytes:.0f} MB"


def test_ten_thousand_items_are_read_fast_and_small(tmp_path: Path) -> None:
    """100,000 items of this kind take 35 MB; a tenth of them is enough to see a loss."""
    item = '  - id: item-{0}\n    type: short\n    stem: "{1}, case {0}?"\n    key: x + {0}\n    rationale: {1} {0}.\n'
    words = "The segment that answers acknowledges the next number after it " * 2
    file = tmp_path / "f.yaml"
    file.write_text("items:\n" + "".join(item.format(number, words) for number in range(10_000)), encoding="utf-8")
    share, megabytes, nothing, codes, _ = read(file)
    assert (nothing, codes) == (False, [])
    assert share < 1, f"{share:.1f}"
    assert megabytes < 60, f"{megabytes:.0f} MB"
