"""Marks of tests that drive this machine's kernel."""

from __future__ import annotations

import pytest

from quizgen.kernel.host import missing

_missing = missing()
live = pytest.mark.skipif(bool(_missing), reason=f"no live kernel here: {_missing and _missing.why}")
