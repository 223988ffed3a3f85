"""How much of each model the items depend on: elements touched, by model and group."""

from __future__ import annotations

from typing import Any

from quizgen.items.bank import Judged
from quizgen.knowledge.knowledge import Knowledge
from quizgen.models import load


def coverage(knowledge: Knowledge, judged: Judged) -> dict[str, dict[str, Any]]:
    """model -> group -> {"covered": how many, "total": how many, "missing": ids}, for the models that items touch."""
    touched = frozenset[str]().union(*judged.elements.values())
    models = {model for topic in knowledge.topics.values() for entry in topic.items for model in entry.models}
    return {name: _groups(name, touched) for name in sorted(models)}


def _groups(name: str, touched: frozenset[str]) -> dict[str, Any]:
    groups: dict[str, dict[str, Any]] = {}
    for element in load(name).elements.values():
        group = groups.setdefault(element.group, {"covered": 0, "total": 0, "missing": []})
        group["total"] += 1
        group["covered"] += element.id in touched
        if element.id not in touched:
            group["missing"].append(element.id)
    return groups
