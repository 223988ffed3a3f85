"""Marks of tests that drive this machine's kernel."""

from __future__ import annotations

import pytest

from tests.models.tcp.kernel.host import unavailable

_why = unavailable()
live = pytest.mark.skipif(bool(_why), reason=f"no live kernel here: {_why}")
