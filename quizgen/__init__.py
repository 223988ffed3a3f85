"""quizgen compiles knowledge of network protocols, checked against reference models, into things to learn from."""

__version__ = "0.1.0"
