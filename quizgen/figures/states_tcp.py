"""TCP's states where RFC 9293, Figure 5 has them: opening above, active close on the left, passive close on the right.

CLOSED is drawn twice, at the beginning and at the end, as there.
"""

from __future__ import annotations

from quizgen.figures.geometry import Point
from quizgen.figures.states_parts import Node, Route
from quizgen.models.figure import Arc, StateDiagram

SIZE = (860.0, 850.0)
_WIDTH = 128.0
_LEFT, _MIDDLE, _RIGHT = 110.0, 420.0, 730.0
_END = "CLOSED again"
_PLACES: dict[str, Point] = {
    "CLOSED": (_MIDDLE, 34),
    "LISTEN": (_MIDDLE, 150),
    "SYN-RECEIVED": (_LEFT, 280),
    "SYN-SENT": (_RIGHT, 280),
    "ESTABLISHED": (_MIDDLE, 420),
    "FIN-WAIT-1": (_LEFT, 540),
    "CLOSE-WAIT": (_RIGHT, 540),
    "FIN-WAIT-2": (_LEFT, 680),
    "CLOSING": (_MIDDLE, 680),
    "LAST-ACK": (_RIGHT, 680),
    "TIME-WAIT": (_MIDDLE, 800),
    _END: (_RIGHT, 800),
}
_WAYS: dict[tuple[str, str], tuple[tuple[Point, ...], str, Point]] = {
    ("CLOSED", "LISTEN"): (((400, 53), (400, 131)), "left", (400, 92)),
    ("LISTEN", "CLOSED"): (((440, 131), (440, 53)), "right", (440, 92)),
    ("CLOSED", "SYN-SENT"): (((484, 24), (760, 24), (760, 261)), "right", (760, 110)),
    ("SYN-SENT", "CLOSED"): (((700, 261), (700, 44), (484, 44)), "left", (700, 110)),
    ("LISTEN", "SYN-SENT"): (((484, 150), (580, 150), (580, 270), (666, 270)), "left", (580, 210)),
    ("LISTEN", "SYN-RECEIVED"): (((356, 160), (260, 160), (260, 270), (174, 270)), "right", (260, 214)),
    ("SYN-RECEIVED", "LISTEN"): (((110, 261), (110, 140), (356, 140)), "over", (233, 140)),
    ("SYN-SENT", "SYN-RECEIVED"): (((666, 290), (174, 290)), "over", (420, 290)),
    ("SYN-SENT", "ESTABLISHED"): (((730, 299), (730, 420), (484, 420)), "over", (607, 420)),
    ("SYN-RECEIVED", "ESTABLISHED"): (((140, 299), (140, 420), (356, 420)), "over", (252, 420)),
    ("SYN-RECEIVED", "FIN-WAIT-1"): (((80, 299), (80, 521)), "right", (80, 472)),
    ("ESTABLISHED", "FIN-WAIT-1"): (((400, 439), (400, 527), (174, 527)), "over", (285, 527)),
    ("ESTABLISHED", "CLOSE-WAIT"): (((440, 439), (440, 540), (666, 540)), "over", (553, 540)),
    ("FIN-WAIT-1", "FIN-WAIT-2"): (((110, 559), (110, 661)), "right", (110, 610)),
    ("FIN-WAIT-1", "CLOSING"): (((174, 554), (420, 554), (420, 661)), "right", (420, 610)),
    ("FIN-WAIT-1", "TIME-WAIT"): (((46, 540), (20, 540), (20, 812), (356, 812)), "over", (188, 812)),
    ("FIN-WAIT-2", "TIME-WAIT"): (((110, 699), (110, 788), (356, 788)), "right", (110, 743)),
    ("CLOSING", "TIME-WAIT"): (((420, 699), (420, 781)), "right", (420, 740)),
    ("CLOSE-WAIT", "LAST-ACK"): (((730, 559), (730, 661)), "right", (730, 610)),
    ("LAST-ACK", "CLOSED"): (((730, 699), (730, 781)), "right", (730, 740)),
    ("TIME-WAIT", "CLOSED"): (((484, 800), (666, 800)), "over", (575, 800)),
}


def is_tcp(diagram: StateDiagram) -> bool:
    """Whether these are the eleven states that have a place here."""
    return set(diagram.states) == set(_PLACES) - {_END}


def tcp_nodes() -> list[Node]:
    """The boxes."""
    return [Node(state.removesuffix(" again"), place, _WIDTH) for state, place in _PLACES.items()]


def tcp_routes(diagram: StateDiagram) -> tuple[list[Route], list[Arc]]:
    """The ways of the arcs that Figure 5 and its notes draw, and the arcs that have no way there."""
    routes = []
    for ends, (points, side, at) in _WAYS.items():
        arcs = tuple(arc for arc in diagram.arcs if (arc.source, arc.target) == ends)
        routes += [Route(arcs, points, side, at)] if arcs else []
    return routes, [arc for arc in diagram.arcs if (arc.source, arc.target) not in _WAYS]
