"""Programs that npm has and tests are held against, each installed once into the user's cache."""

from __future__ import annotations

import os
import shutil
import subprocess
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory


class Missing(Exception):
    """The program cannot be run here; the message says what is missing."""


def folder(package: str, version: str) -> Path:
    """The folder of that package, installed when first asked for. Raises Missing."""
    for program in ("node", "npm"):
        if shutil.which(program) is None:
            raise Missing(f"{program} is not installed")
    cache = Path(os.environ.get("XDG_CACHE_HOME", "~/.cache")).expanduser() / "quizgen-tests"
    here = cache / f"{package.rpartition('/')[2]}-{version}"
    if not (here / "node_modules" / package).is_dir():
        _install(package, version, here)
    return here / "node_modules" / package


def _install(package: str, version: str, here: Path) -> None:
    """Installed beside its place and then moved there, so that nobody finds half of it."""
    here.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=here.parent, ignore_cleanup_errors=True) as beside:
        command = ["npm", "install", "--no-audit", "--no-fund", "--prefix", beside, f"{package}@{version}"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
        if done.returncode:
            raise Missing(f"npm could not install {package} {version}: {done.stderr.strip()[-200:]}")
        with suppress(OSError):
            Path(beside).rename(here)
