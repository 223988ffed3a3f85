"""Mutants that no test can kill, since they behave as the original does: file, the line as mutated, and why.

`make mutation MODEL=sessions` holds them against what survived; a test, against the code.
"""

from __future__ import annotations

from tests.models.equivalent import Equivalent

_CARRIERS = 'for carrier, name in zip(CARRIERS.terms(), ("COOKIE_CARRIER", "URL_CARRIER"), strict=True):'
_FARM = "farm = {way: Setup(kept=kept, servers=2, balancing=way) for way in BALANCING.terms()}"

EQUIVALENT = (
    *(
        Equivalent("__init__.py", _CARRIERS, _CARRIERS.replace("strict=True", other), "there are two carriers")
        for other in ("strict=None", "strict=False", "")
    ),
    Equivalent("__init__.py", _FARM, _FARM.replace("servers=2", "servers=3"), "three servers are as good as two"),
    Equivalent(
        "cluster_words.py",
        'world, _ = _run(spec, _setup(spec, kept), {"login": "alice"}, {"put": f"cart={_BOOK}"})',
        'world, _ = _run(spec, _setup(spec, kept), {"put": f"cart={_BOOK}"})',
        "who is not logged in can read as much",
    ),
)
