# make demo       install, clean the example releases, say where the result is
# make test       install with the test tools; lint, types, imports, tests
# make test-slow  the tests that take minutes or install packages
# make lint | wheel | citation | clean
#
# Nothing is installed again until pyproject.toml or constraints.txt changes.

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.obecsum-installed
TEST_TOOLS := $(VENV)/.obecsum-test-tools
OUT := demo-output
PIP := $(BIN)/python -m pip --disable-pip-version-check

.DEFAULT_GOAL := demo
.PHONY: demo test test-slow lint wheel citation clean

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "obecsum needs Python 3.11 to 3.14, and none was found; name one: make PYTHON=/path/to/python" >&2; exit 1; }
	@echo "Creating $(VENV) with $(PYTHON)"
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "Python's venv module does not work here; on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }

$(INSTALLED): pyproject.toml constraints.txt | $(BIN)/python
	@echo "Installing obecsum and what it needs; the first time takes some minutes"
	@$(PIP) install --quiet --constraint constraints.txt --editable .
	@touch $@

$(TEST_TOOLS): pyproject.toml constraints.txt | $(INSTALLED)
	@echo "Installing the test tools"
	@$(PIP) install --quiet --constraint constraints.txt --editable '.[dev]'
	@touch $@

demo: $(INSTALLED)
	$(BIN)/obecsum clean examples/ --out $(OUT)/ --overwrite
	@echo
	@echo "The cleaned and summarized releases are in $(OUT)/kept.jsonl, the report in $(OUT)/report.html"

test: lint
	$(BIN)/python -m pytest

test-slow: $(TEST_TOOLS)
	$(BIN)/python -m pytest -m slow -rA

lint: $(TEST_TOOLS)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

wheel: $(TEST_TOOLS)
	$(BIN)/python -m build --wheel --no-isolation --outdir dist

citation: $(TEST_TOOLS)
	$(BIN)/cffconvert --validate

clean:
	rm -rf $(OUT) build dist .import_linter_cache .mypy_cache .ruff_cache .pytest_cache .hypothesis
