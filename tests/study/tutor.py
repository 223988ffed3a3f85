"""`python -m tests.study.tutor [topic...] [--lang zh] ...`: a session over the sample bank, for tests that need a process."""

import sys

import typer

from quizgen.cli import quiz
from tests.samples import BANK

if __name__ == "__main__":
    vars(quiz)["load_bank"] = lambda: BANK
    app = typer.Typer(pretty_exceptions_enable=False)
    app.command()(quiz.quiz)
    app(sys.argv[1:])
