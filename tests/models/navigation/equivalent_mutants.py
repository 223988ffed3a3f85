"""Mutants of the navigation model that no test can kill, since they behave as the original does; `make mutation
MODEL=navigation` holds them against what survived."""

from tests.models.equivalent import Equivalent

EQUIVALENT = (
    Equivalent(
        "order.py",
        "seen.add(edge.then)",
        "seen.add(None)",
        "an event met twice is gone on from twice: the shortest chain is still met first, and no chain is a circle",
    ),
)
