"""Figures as the models give them: every diagram of every model, every shipped scenario, and exchanges of each kind."""

from pathlib import Path

from quizgen.items.shared import Shared
from quizgen.knowledge.load import load as load_knowledge
from quizgen.models import load, names
from quizgen.models.figure import Figure
from quizgen.resources import resource
from tests.samples import text

EXCHANGES: dict[str, tuple[list[object], ...]] = {
    "sessions": (
        [{"login": "alice"}, {"put": "cart=book"}, {"request": "/cart"}, "logout", {"request": "/account"}],
        [{"server": {"carrier": "both"}}, "refuse-cookies", {"login": "alice"}, {"wait": "31 min"}, {"request": "/account"}],
    ),
    "cookies": (
        [
            {"response": {"url": "https://shop.example.com/cart", "set-cookie": "id=7f3a9c; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=3600"}},
            {"request": "https://shop.example.com/"},
            {"response": {"url": "http://evil.example/", "set-cookie": "id=1; Domain=example.com"}},
        ],
    ),
}  # fmt: skip


def figures() -> dict[str, Figure]:
    """By a name that says where it comes from."""
    found = {
        f"{model}-{name}": Figure(text(name), drawing)
        for model in names()
        for name, drawing in load(model).diagrams.items()
    }
    content: Path = resource("content")
    knowledge, _ = load_knowledge([content])
    shared = Shared(knowledge, knowledge.languages)
    for name in knowledge.scenarios:
        found[f"scenario-{name}"] = Figure(text(name), shared.run(name).ladder())
    for model, runs in EXCHANGES.items():
        run = load(model).run
        assert run is not None
        for number, steps in enumerate(runs, 1):
            found[f"{model}-exchange-{number}"] = Figure(text(model), run(steps).ladder())
    return found
