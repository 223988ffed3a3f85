"""What all items of one compilation share: scenario runs, misconceptions, and the figures of models and scenarios."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from quizgen.claims.names import Names
from quizgen.diagnostics.diagnostic import Diagnostic, did_you_mean
from quizgen.items.case import Case
from quizgen.items.masks import missing
from quizgen.knowledge import schema
from quizgen.knowledge.knowledge import Entry, Knowledge, say
from quizgen.markup import plain
from quizgen.models import load
from quizgen.models import names as model_names
from quizgen.models.base import Cite, Model, ScenarioError, Text, because, recording
from quizgen.models.figure import Figure

_NO_MODEL = "add `model:` to the file or the figure"
_SCENARIO = re.compile(r"scenario `(\w+)`")


@dataclass
class Shared:
    """Runs each scenario once. `found` are the findings about scenarios themselves; `model` gives the models by name.

    `unanswered` counts the questions about scenarios that cannot run.
    """

    knowledge: Knowledge
    languages: tuple[str, ...]
    shipped: Mapping[str, Entry] = field(default_factory=dict)
    found: list[Diagnostic] = field(default_factory=list)
    model: Callable[[str], Model] = load
    unanswered: int = 0
    _runs: dict[str, Any] = field(default_factory=dict)
    _names: dict[tuple[str, ...], Names] = field(default_factory=dict)
    _figures: dict[int, Figure] = field(default_factory=dict)

    def names(self, models: tuple[str, ...]) -> Names:
        """The names that claims over these models see."""
        if models not in self._names:
            known = (*self.knowledge.scenarios, *self.shipped)
            self._names[models] = Names(models, known, self.run, model=self.model)
        return self._names[models]

    def close(self) -> None:
        """Let go of the names, which refer back to here: the command line runs without a collector of such circles."""
        self._names.clear()

    def entry(self, name: str) -> Entry | None:
        """The scenario of that name: the author's own, else a shipped one."""
        return self.knowledge.scenarios.get(name) or self.shipped.get(name)

    def run(self, name: str) -> Any:
        """What a scenario's run gives; KeyError when there is none of that name or it cannot run (then reported)."""
        if name not in self._runs:
            entry = self.entry(name)
            if entry is None:
                raise KeyError(name)
            with recording():  # what making the run touches is no part of the answer that happens to ask for it first
                self._runs[name] = self._execute(entry)
        if self._runs[name] is None:
            self.unanswered += 1
            raise KeyError(name)
        self._cite(name)
        return self._runs[name]

    def may_exist(self, name: str) -> bool:
        """Whether this may name a scenario after all: one that cannot run, or of a file that could not be read."""
        return name.isidentifier() and (self.knowledge.incomplete or (name in self._runs and self._runs[name] is None))

    def _cite(self, name: str) -> None:
        entry = self.entry(name)
        if entry is not None and entry.spec.source:
            because(f"scenario `{name}`", Cite(entry.spec.source))

    def told(self, reason: str) -> str:
        """A reason as learners read it: they know scenarios by their titles."""
        match = _SCENARIO.match(reason)
        entry = self.entry(match[1]) if match else None
        return f"{plain(say(entry.spec.title, 'en'))}{reason[match.end() :]}" if match and entry else reason

    def _execute(self, entry: Entry) -> Any:
        named = (entry.spec.model,) if entry.spec.model else entry.models
        run = next((self.model(one).run for one in named if one in model_names() and self.model(one).run), None)
        if run is None:
            if self.knowledge.incomplete or not set(named) <= set(model_names()):
                return None
            self.found.append(
                Diagnostic(
                    "QG111",
                    f"the scenario `{entry.id}` has no model that can run it",
                    entry.node.key,
                    help="add `model:` to the file or the scenario; not every model runs scenarios",
                )
            )
            return None
        try:
            trace = run(entry.spec.run)
        except ScenarioError as error:
            where = entry.node.at(("run", error.step))
            self.found.append(
                Diagnostic(
                    "QG112", error.message, where.span, label=f"step {error.step + 1}", help=_steps(error.nearest)
                )
            )
            return None
        if hasattr(trace, "ladder"):
            self._figures[id(trace)] = Figure(self._everywhere(entry.spec.title), trace.ladder())
        return trace

    def _everywhere(self, text: Mapping[str, str]) -> Text:
        return {lang: say(text, lang) for lang in self.languages}

    def ladder(self, case: Case) -> Figure | None:
        """The ladder that belongs to an item's feedback: the one it names, or the one trace that its answer was read off."""
        wanted = case.entry.spec.ladder
        if wanted == "none":
            return None
        if wanted is not None:
            return self.scenario_figure(case, wanted, ("ladder",))
        if len(case.record.traces) != 1:
            return None
        return self._figures.get(id(case.record.traces[0]))

    def scenario_figure(self, case: Case, name: str, path: tuple[str | int, ...]) -> Figure | None:
        """The ladder of a scenario, or None after reporting that there is none of that name."""
        try:
            return self._figures.get(id(self.run(name)))
        except KeyError:
            if self.entry(name) is None and not self.knowledge.incomplete:
                close = get_close_matches(name, [*self.knowledge.scenarios, *self.shipped], n=2, cutoff=0.5)
                help_ = did_you_mean(close) or "`quizgen list scenarios` prints the shipped ones"
                case.report("QG109", f"there is no scenario `{name}`", case.node(*path), help_=help_)
            return None

    def figure(self, case: Case, ref: schema.FigureRef, path: tuple[str | int, ...]) -> Figure | None:
        """The drawing that a reference means, masked as it says; None after reporting what is wrong with it."""
        if (ref.scenario is None) is (ref.diagram is None):
            message = "a figure is either a `scenario` or a `diagram`"
            case.report("QG104", message, case.node(*path), help_="write one of them, as in `figure: handshake`")
            return None
        if ref.scenario is not None:
            at = (*path, "scenario") if case.node(*path).kind == "map" else path
            plain = self.scenario_figure(case, ref.scenario, at)
        else:
            plain = self._diagram(case, ref, path)
        if plain is None:
            return None
        mask = frozenset(say(case.text({"": part}, *path, "mask"), self.languages[0]) for part in ref.mask)
        absent = missing(plain.drawing, sorted(mask))
        if absent is not None:
            part, help_ = absent
            case.report("QG109", f"this figure has no part `{part}`", case.node(*path, "mask"), help_=help_)
            return None
        return Figure(plain.title, plain.drawing, mask) if mask else plain

    def _diagram(self, case: Case, ref: schema.FigureRef, path: tuple[str | int, ...]) -> Figure | None:
        if ref.model is not None and ref.model not in model_names():
            close = did_you_mean(get_close_matches(ref.model, model_names(), n=1, cutoff=0.5))
            message, help_ = f"there is no reference model `{ref.model}`", f"the models are {', '.join(model_names())}"
            case.report("QG108", message, case.node(*path, "model"), help_=close or help_)
            return None
        models = [self.model(name) for name in ((ref.model,) if ref.model else case.entry.models)]
        if not models and self.knowledge.incomplete:  # its model is misspelt, which was reported
            return None
        known = {name: (model, drawing) for model in models for name, drawing in model.diagrams.items()}
        if ref.diagram not in known:
            case.report(
                "QG109",
                f"there is no diagram `{ref.diagram}`",
                case.node(*path, "diagram"),
                help_=f"the model draws {', '.join(known) or 'none'}" if models else _NO_MODEL,
            )
            return None
        model, drawing = known[ref.diagram]
        return drawing if isinstance(drawing, Figure) else Figure(self._everywhere(model.title), drawing)

    def misconception(self, case: Case, name: str, path: tuple[str | int, ...]) -> Entry | None:
        """The misconception of that id, or None after reporting that there is none."""
        entry = self.knowledge.misconceptions.get(name)
        if entry is None and not self.knowledge.incomplete:
            known = sorted(self.knowledge.misconceptions)
            close = get_close_matches(name, known, n=2, cutoff=0.5)
            case.report(
                "QG109",
                f"there is no misconception `{name}`",
                case.node(*path, "misconception"),
                help_=did_you_mean(close)
                or f"there {'is none yet' if not known else 'are ' + ', '.join(known[:12])} in the files that are checked",
            )
        return entry


def _steps(nearest: Sequence[str]) -> str | None:
    return did_you_mean(nearest) if len(nearest) < 4 else f"there are {', '.join(nearest)}"
