"""Loads every case in Chromium and writes what was seen to recordings/: python -m tests.models.navigation.browser.record"""

import json
import os
import shutil
import sys
from pathlib import Path

from quizgen.models.navigation.events import EVENTS
from tests.models.navigation.browser.observe import CASES, load

FOLDER = Path(__file__).parent / "recordings"
PLACES = {name: place for place, name in enumerate(EVENTS.members)}


def chromium() -> str | None:
    """The Chromium to drive: CHROMIUM, or the one on PATH."""
    return os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


def recording(name: str) -> Path:
    """The file of a case."""
    return FOLDER / f"{name.replace(', ', '-').replace(' ', '-')}.json"


def main() -> None:
    """Record the cases named on the command line, or all."""
    from playwright.sync_api import sync_playwright

    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as driver:
        for name in sys.argv[1:] or CASES:
            times = load(CASES[name], driver.chromium, chromium() or "")
            start = min(times.seen.values())
            seen = {event: round((times.seen[event] - start) * 1e6) for event in times.order(PLACES)}
            recording(name).write_text(json.dumps({"case": name, "microseconds": seen}, indent=1) + "\n")
            print(f"{name}: {len(seen)} events")


if __name__ == "__main__":
    main()
