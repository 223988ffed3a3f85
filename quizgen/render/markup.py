"""Where renderers find what turns texts of the bank into HTML."""

from quizgen.markup import inline, plain

__all__ = ["inline", "plain"]
