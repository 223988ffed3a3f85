# What a fresh machine needs: Python 3.11 or newer with venv, and make.
PYTHON ?= python3
BIN = .venv/bin

.PHONY: build test check bench coverage clean

# The models of which every line and every branch is tested.
COVERED = tcp cookies

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
	$(BIN)/coverage run -m pytest -p no:xdist tests/models
	$(BIN)/coverage report
	@for model in $(COVERED); do echo "$$model, in %:"; \
		$(BIN)/coverage report --include="quizgen/models/$$model/*" --format=total --fail-under=100 || exit; done

clean:
	rm -rf .venv build dist

.venv/runtime: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

.venv/test: .venv/runtime
	$(BIN)/python -m pip install --quiet --group test
	@touch $@
