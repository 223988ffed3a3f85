# What a fresh machine needs: Python 3.11 or newer with venv, and make.
PYTHON ?= python3
BIN = .venv/bin

.PHONY: build test check bench coverage mutation clean

# The models of which every line and every branch is tested.
COVERED = tcp http cookies sessions navigation
# Those that `make mutation` alters: `make mutation MODEL=http` does one of them.
MODEL = tcp http navigation cookies sessions

build: .venv/runtime ## write quizzes, decks and sheets for the shipped knowledge into build/
	$(BIN)/quizgen build

test: .venv/test ## lint, types, and the whole test suite
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -n auto

check: .venv/runtime ## hold the shipped knowledge against the models
	$(BIN)/quizgen check

bench: .venv/runtime ## time quizgen against its peers (docs/speed.md)
	$(BIN)/python -m pip install --quiet --group bench
	$(BIN)/python -m bench

coverage: .venv/test ## branch coverage of the models; fails below 100% of those in COVERED
	$(BIN)/coverage run -m pytest -p no:xdist tests/models tests/check/test_skeletons.py
	$(BIN)/coverage report
	@for model in $(COVERED); do echo "$$model, in %:"; \
		$(BIN)/coverage report --include="quizgen/models/$$model/*" --format=total --fail-under=100 || exit; done

mutation: .venv/test ## mutation testing of the models in MODEL, or only of the mutants NAMES of one (docs/models.md)
	$(BIN)/python -m pip install --quiet --group mutation
	@for model in $(MODEL); do \
		$(BIN)/python -m tests.models.altered $$model && $(BIN)/python -m tests.models.mutation $$model $(NAMES) || exit; done

clean:
	rm -rf .venv build dist mutants

.venv/runtime: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

.venv/test: .venv/runtime
	$(BIN)/python -m pip install --quiet --group test
	@touch $@
