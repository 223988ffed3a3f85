"""The SVG of every drawing: shapes as presentation attributes and classes, without ids, styles or scripts.

All ink is `currentColor`, so that a figure alone is right in light, dark and print. Pages may colour the classes
(templates/figures/figures.css): q-figure, q-line, q-text, q-box, q-accent, q-mark, q-mask.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from quizgen.figures.geometry import Point
from quizgen.figures.words import MASK

FONTS = (
    "'Helvetica Neue', Helvetica, Arial, 'Liberation Sans', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', "
    "sans-serif"
)
Attribute = str | float | None


def number(value: float) -> str:
    """A coordinate with at most one decimal."""
    return f"{round(value, 1) + 0.0:.1f}".removesuffix(".0")


def _attributes(given: dict[str, Attribute]) -> str:
    shown = ((name.rstrip("_").replace("_", "-"), value) for name, value in given.items() if value is not None)
    return "".join(f' {name}="{escape(value) if isinstance(value, str) else number(value)}"' for name, value in shown)


class Canvas:
    """A growing drawing."""

    def __init__(self) -> None:
        self.parts: list[str] = []

    def add(self, tag: str, content: str | None = None, **attributes: Attribute) -> None:
        """An element; `content` is text, escaped here. Attribute names have _ for -, and a trailing _ where Python minds."""
        start = f"<{tag}{_attributes(attributes)}"
        self.parts.append(f"{start}/>" if content is None else f"{start}>{escape(content, quote=False)}</{tag}>")

    def text(
        self, content: str, x: float, y: float, *, size: float = 12, anchor: str = "start", bold: bool = False,
        italic: bool = False, turn: tuple[float, Point] | None = None,
    ) -> None:  # fmt: skip
        """A line of text; y is its middle. `turn`: clockwise angle and the point to turn about.

        Chinese has no italics: a slanted copy of its characters is hard to read.
        """
        self.add(
            "text", content, x=x, y=y + size * 0.36, class_="q-text", font_size=size, fill="currentColor",
            text_anchor=None if anchor == "start" else anchor, font_weight="600" if bold else None,
            font_style="italic" if italic and content.isascii() else None,
            transform=f"rotate({number(turn[0])} {number(turn[1][0])} {number(turn[1][1])})" if turn and turn[0] else None,
        )  # fmt: skip

    def line(
        self, points: Iterable[Point], *, width: float = 1.25, dash: str | None = None, class_: str = "q-line"
    ) -> None:
        """A line through the points."""
        path = " ".join(f"{number(x)},{number(y)}" for x, y in points)
        self.add(
            "polyline", points=path, class_=class_, fill="none", stroke="currentColor", stroke_width=f"{width:g}",
            stroke_linejoin="round", stroke_dasharray=dash,
        )  # fmt: skip

    def path(self, d: str, *, width: float = 1.25, dash: str | None = None, class_: str = "q-line") -> None:
        """A path without filling."""
        self.add(
            "path",
            d=d,
            class_=class_,
            fill="none",
            stroke="currentColor",
            stroke_width=f"{width:g}",
            stroke_dasharray=dash,
        )

    def rectangle(
        self, x: float, y: float, width: float, height: float, *, radius: float = 0, class_: str = "q-box",
        stroke: float = 1.25, dash: str | None = None,
    ) -> None:  # fmt: skip
        """An upright rectangle, not filled."""
        self.add(
            "rect", x=x, y=y, width=width, height=height, rx=radius or None, class_=class_, fill="none",
            stroke="currentColor", stroke_width=f"{stroke:g}", stroke_dasharray=dash,
        )  # fmt: skip

    def disc(self, centre: Point, radius: float, *, filled: bool = False, class_: str = "q-mark") -> None:
        """A circle."""
        self.add(
            "circle", cx=centre[0], cy=centre[1], r=radius, class_=class_, stroke="currentColor",
            fill="currentColor" if filled else "none", stroke_width="1.1",
        )  # fmt: skip

    def head(self, tip: Point, direction: Point, *, class_: str = "q-accent", size: float = 9) -> None:
        """An arrowhead at `tip` that points in the (unit) direction."""
        (x, y), (dx, dy) = tip, direction
        back, half = size, size * 0.38
        corners = [
            tip,
            (x - dx * back - dy * half, y - dy * back + dx * half),
            (x - dx * back + dy * half, y - dy * back - dx * half),
        ]
        path = " ".join(f"{number(px)},{number(py)}" for px, py in corners)
        self.add("polygon", points=path, class_=f"{class_} q-fill", fill="currentColor", stroke="none")

    def mask(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        turn: tuple[float, Point] | None = None,
        size: float = 12,
    ) -> None:
        """A box with a question mark in place of what is asked for; x, y is its upper left corner."""
        angle = f"rotate({number(turn[0])} {number(turn[1][0])} {number(turn[1][1])})" if turn and turn[0] else None
        self.add(
            "rect", x=x, y=y, width=width, height=height, rx=3, class_="q-mask", fill="none", stroke="currentColor",
            stroke_width="1.5", stroke_dasharray="3 2", transform=angle,
        )  # fmt: skip
        self.text(MASK, x + width / 2, y + height / 2, size=size, anchor="middle", bold=True, turn=turn)

    def open(self, **attributes: Attribute) -> None:
        """Begin a group."""
        self.parts.append(f"<g{_attributes(attributes)}>")

    def close(self) -> None:
        """End a group."""
        self.parts.append("</g>")

    def document(self, size: tuple[float, float], title: str, desc: str, lang: str, id_prefix: str) -> str:
        """The whole picture, named by its title and description for who cannot see it."""
        width, height = (number(float(round(side))) for side in size)
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="q-figure" role="img" lang="{escape(lang)}" width="{width}" '
            f'height="{height}" viewBox="0 0 {width} {height}" '
            f'aria-labelledby="{escape(id_prefix)}-title {escape(id_prefix)}-desc">'
        )
        named = f'<title id="{escape(id_prefix)}-title">{escape(title, quote=False)}</title>'
        told = f'<desc id="{escape(id_prefix)}-desc">{escape(desc, quote=False)}</desc>'
        return "\n".join([head, named, told, f'<g font-family="{FONTS}">', *self.parts, "</g>", "</svg>"]) + "\n"
