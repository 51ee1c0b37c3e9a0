# The project's own environment in .venv: nothing else on the machine is touched.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: chat test install install-dev lint types imports pytest eval kills agreement lock translations bench format clean

chat: install
	@$(BIN)/award-bot chat

test: install-dev lint types imports pytest

install: .venv/.installed
install-dev: .venv/.installed-dev

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "award-bot needs Python 3.11 or newer; name one with: make PYTHON=python3.12 …" >&2; exit 2; }
	$(PYTHON) -m venv .venv

.venv/.installed: .venv/bin/python requirements.lock pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	@touch $@

.venv/.installed-dev: .venv/.installed requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

lint:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types:
	$(BIN)/mypy

imports:
	$(BIN)/lint-imports

# Processes that are killed have processes of their own, several at a time.
KILLED := $(wildcard tests/telegram/test_killed*.py)
pytest:
	$(BIN)/pytest -n auto --dist loadfile $(KILLED:%=--ignore %)
	$(BIN)/pytest $(KILLED)

# Processes killed at every point in every setting.
kills: install-dev
	AWARD_BOT_TEST_KILLS=1 $(BIN)/pytest $(KILLED)

# Our figures beside others', in an environment of its own; see benchmarks/README.md.
bench: install .venv-bench/.installed
	PYTHONPATH=.:tests .venv-bench/bin/python -m benchmarks.verdicts
	PYTHONPATH=.:tests .venv-bench/bin/python -m benchmarks.telegram
	PYTHONPATH=.:tests .venv-bench/bin/python -m benchmarks.reminders
	PYTHONPATH=.:tests .venv-bench/bin/python -m benchmarks.questions

.venv-bench/.installed: requirements-bench.lock
	$(PYTHON) -m venv .venv-bench
	.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bench.lock
	@touch $@

# How many questions about the regulations are answered rightly, by kind.
eval: install-dev
	PYTHONPATH=.:tests $(BIN)/python -m benchmarks.eval

# A thousand random applicants for each award and track: a few minutes.
agreement: install-dev
	APPLICANTS=1000 $(BIN)/pytest tests/conversations/test_agreement.py

format:
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# What the assistant says: collected, traditional Chinese made, catalogs compiled.
translations: install-dev
	$(BIN)/python scripts/translations.py

# Versions and hashes, for every platform; run after a change of dependencies.
UV_LOCK := uv pip compile --quiet --universal --generate-hashes --no-header --no-emit-index-url \
  pyproject.toml build-requirements.in
lock: install-dev
	$(BIN)/$(UV_LOCK) -o requirements.lock
	$(BIN)/$(UV_LOCK) --group dev -o requirements-dev.lock
	$(BIN)/$(UV_LOCK) --group bench -o requirements-bench.lock

clean:
	rm -rf .venv .venv-bench
