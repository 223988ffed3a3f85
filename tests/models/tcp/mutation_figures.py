"""What a run of mutmut came to: figures for each file, and the survivors, held against those known to be equivalent.

Ends with 1 where a mutant survived that is not in EQUIVALENT, or one of those did not.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

from tests.models.tcp.equivalent_mutants import EQUIVALENT

_SURVIVED = 0
_OUTCOMES = {1: "killed", 3: "killed", _SURVIVED: "survived"}
_ENDLESS = {-24: "without end", 24: "without end", 36: "without end", 152: "without end", 255: "without end"}
"""What mutmut writes down for a mutant that runs until its time is over, which is noticed as well."""


def _mutated_line(name: str) -> str:
    """The line that the mutant has in place of the original's."""
    mutmut = str(Path(sys.executable).with_name("mutmut"))
    shown = subprocess.run([mutmut, "show", name], capture_output=True, text=True, check=True).stdout
    [line] = [line[1:].strip() for line in shown.splitlines() if line.startswith("+") and not line.startswith("+++")]
    return line


def main() -> int:
    """Print the figures of ./mutants."""
    totals: Counter[str] = Counter()
    survivors: dict[str, str] = {}
    for meta in sorted(Path("mutants").rglob("*.py.meta")):
        codes = json.loads(meta.read_text("utf-8"))["exit_code_by_key"]
        if codes:
            counts = Counter({**_OUTCOMES, **_ENDLESS}.get(code, f"code {code}") for code in codes.values())
            print(f"{meta.with_suffix('')}: {_told(counts)}")
            totals += counts
            survivors |= {name: _mutated_line(name) for name, code in codes.items() if code == _SURVIVED}
    print(f"all: {_told(totals)}")
    known = {one.mutated: one.why for one in EQUIVALENT}
    for name, line in survivors.items():
        print(
            f"  {'equivalent' if line in known else 'SURVIVED'}: {name}: {line}",
            *filter(None, [known.get(line)]),
            sep="\n      ",
        )
    gone = known.keys() - set(survivors.values())
    print(*(f"  listed as equivalent, but did not survive: {line}" for line in sorted(gone)), sep="\n")
    return 1 if gone or set(survivors.values()) - known.keys() else 0


def _told(counts: Counter[str]) -> str:
    return ", ".join(
        [f"{counts.total()} mutants", *(f"{count} {outcome}" for outcome, count in sorted(counts.items()))]
    )


if __name__ == "__main__":
    raise SystemExit(main())
