"""What editors make of a YAML file: scalars have the types of YAML 1.2's core schema (§10.3.2), not quizgen's texts."""

from __future__ import annotations

import re
from typing import Any

from quizgen.source.node import Node

_INT = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_SPECIAL = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")


def core(node: Node) -> Any:
    """The value of a node with the types that editors see."""
    if node.kind == "map":
        return {key: core(child) for key, child in node.entries.items()}
    if node.kind == "list":
        return [core(child) for child in node.elements]
    return node.text if node.quoted else _scalar(node.text)


def _scalar(text: str) -> Any:
    if text in ("", "~", "null", "Null", "NULL"):
        return None
    if text in ("true", "True", "TRUE", "false", "False", "FALSE"):
        return text.lower() == "true"
    if _INT.fullmatch(text):
        return int(text, 0) if text.startswith("0") and not text.isdigit() else int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    return float(text.replace(".", "").lower()) if _SPECIAL.fullmatch(text) else text
