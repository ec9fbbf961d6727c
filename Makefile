# make run: the chat page.  make test: every check.  Both work in a fresh clone.

PYTHON ?= python3
BIN := .venv/bin
INSTALLED := .venv/installed
INDEX := $(or $(ASSISTANT_INDEX),index)

.PHONY: run index test format lint types tests evals bench clean

run: $(INSTALLED)
	@test -e "$(INDEX)/current" || $(BIN)/assistant index
	@exec $(BIN)/assistant serve

index: $(INSTALLED)
	@$(BIN)/assistant index

test: format lint types tests evals

format: $(INSTALLED)
	$(BIN)/ruff format --check .

lint: $(INSTALLED)
	$(BIN)/ruff check .

types: $(INSTALLED)
	$(BIN)/mypy

tests: $(INSTALLED)
	$(BIN)/pytest

evals: $(INSTALLED)
	$(BIN)/python -m evals

bench: $(INSTALLED)
	$(BIN)/python -m benchmarks.speed

# The papers and their index stay.
clean:
	rm -rf .venv build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
	rm -rf evals/.indexes evals/report.html
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(INSTALLED): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Python 3.11 or later is needed. Name one, for example: make run PYTHON=python3.12"; \
	  exit 1; }
	@$(PYTHON) -m venv .venv || { \
	  echo "This Python cannot make a virtual environment. On Debian: apt install python3-venv"; \
	  rm -rf .venv; exit 1; }
	$(BIN)/python -m pip install --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@
