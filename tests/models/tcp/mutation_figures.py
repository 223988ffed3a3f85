"""What a run of mutmut came to: mutants and killed ones for each file, and the survivors, which `mutmut show` shows."""

import json
from pathlib import Path

KILLED_BY_A_TEST, SURVIVED = 1, 0


def main() -> None:
    """Print the figures of ./mutants."""
    for meta in sorted(Path("mutants").rglob("*.py.meta")):
        outcomes = json.loads(meta.read_text("utf-8"))["exit_code_by_key"]
        if outcomes:
            survivors = [name for name, code in outcomes.items() if code == SURVIVED]
            other = [name for name, code in outcomes.items() if code not in (KILLED_BY_A_TEST, SURVIVED)]
            killed = len(outcomes) - len(survivors) - len(other)
            heading = f"{meta.with_suffix('')}: {len(outcomes)} mutants, {killed} killed, {len(survivors)} survived"
            print(heading, f"{len(other)} neither (no test, or no end)", sep=", ")
            print(*(f"  {name}" for name in [*survivors, *other]), sep="\n")


if __name__ == "__main__":
    main()
