"""Every shipped misconception says where learners get it, in every language."""

from quizgen.knowledge.load import load
from quizgen.resources import resource


def test_every_misconception_has_an_origin() -> None:
    knowledge, _ = load([resource("content")])
    lacking = [
        name
        for name, entry in knowledge.misconceptions.items()
        if not entry.spec.origin or knowledge.languages != tuple(sorted(entry.spec.origin))
    ]
    assert lacking == []
