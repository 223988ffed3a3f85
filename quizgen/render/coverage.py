"""The coverage of the models as one page: the state diagram and tables of all elements, with the items that ask about each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizgen.check.coverage import Coverage, ModelCoverage
from quizgen.check.skeletons import skeleton
from quizgen.figures.draw import covered_svg
from quizgen.items.question import Bank
from quizgen.knowledge.knowledge import say
from quizgen.models.figure import StateDiagram
from quizgen.render.bilingual import spoken
from quizgen.render.page import assets
from quizgen.render.templates import environment, strings

if TYPE_CHECKING:
    from markupsafe import Markup

SCRIPTS = ("page/page.js", "page/editions.js")
STYLES = ("page/page.css", "figures/figures.css", "coverage/style.css")


@dataclass(frozen=True)
class _Count:
    """Of so many elements so many are covered."""

    covered: int
    total: int

    @property
    def percent(self) -> int:
        """The share, rounded down, so that 100 means all."""
        return 100 * self.covered // self.total


def coverage_page(found: Sequence[ModelCoverage], bank: Bank) -> str:
    """The whole page, self-contained, in every language of the bank."""
    page = environment("coverage").get_template("page.html")
    return page.render(
        bank=bank,
        languages=[(lang, strings(lang)) for lang in bank.languages],
        spoken=spoken,
        assets=assets(SCRIPTS, STYLES),
        found=found,
        count=_count,
        total=_count([one for model in found for one in model.elements]),
        state=_state,
        skeleton=lambda model, one: skeleton(model, one.element),
        diagrams=_diagrams,
        say=say,
    )


def _count(group: Sequence[Coverage]) -> _Count:
    return _Count(sum(one.covered for one in group), len(group))


def _state(one: Coverage) -> str:
    """`covered`, `left-out` for what nobody is to ask about, or `uncovered`."""
    return "covered" if one.covered else "left-out" if one.reason else "uncovered"


def _diagrams(model: ModelCoverage, lang: str) -> Iterator[Markup]:
    """The model's state diagrams, their states and arcs marked."""
    from markupsafe import Markup

    covered = {one.element.id for one in model.elements if one.covered}
    for name, drawing in model.model.diagrams.items():
        if isinstance(drawing, StateDiagram):
            title = f"{say(model.model.title, lang)}: {strings(lang)['coverage.diagram']}"
            yield Markup(covered_svg(title, drawing, covered, lang, f"{model.model.name}-{name}-{lang}"))
