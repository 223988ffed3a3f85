"""The parts of a drawing that a question can hide, by the names that `mask:` gives them."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from quizgen.models.figure import HeaderLayout, Ladder, StateDiagram


def parts(drawing: Ladder | StateDiagram | HeaderLayout) -> list[str]:
    """Every part: `message:1`, `state:client:0`, `state:LISTEN`, `field:Window`."""
    if isinstance(drawing, Ladder):
        count = len(drawing.messages)
        messages = [f"message:{number}" for number in range(1, count + 1)]
        return messages + [f"state:{end}:{number}" for end in drawing.ends for number in range(count + 1)]
    if isinstance(drawing, StateDiagram):
        return [f"state:{state}" for state in drawing.states]
    return [f"field:{box.name}" for box in drawing.boxes]


def missing(drawing: Ladder | StateDiagram | HeaderLayout, mask: Iterable[str]) -> tuple[str, str] | None:
    """The first part that the drawing does not have, with what it has instead; None when it has all."""
    known = parts(drawing)
    for part in mask:
        if part not in known:
            folded = {one.casefold(): one for one in known}
            close = get_close_matches(part.casefold(), folded, n=1, cutoff=0.8)
            if close and ":" in part and not part[-1].isdigit():
                return part, f"did you mean `{folded[close[0]]}`?"
            kind = part.partition(":")[0] + ":"
            near = [one for one in known if one.startswith(kind)] or known
            return part, f"it has {', '.join(near[:12])}" + (", ..." if len(near) > 12 else "")
    return None
