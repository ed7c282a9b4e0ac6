# Needs Python 3.11, pip and a package index; everything else is brought in here. `make help` names the targets.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := setup
.DELETE_ON_ERROR:

PYTHON ?= $(shell command -v python3.11 || command -v python3)
PORT ?= 8501
UV := PYTHON="$(PYTHON)" .ci/uv
BIN := .venv/bin
# Where the environment forbids compiled files, every process of the suite would compile Streamlit and
# pandas anew, which takes longer than most tests.
unexport PYTHONDONTWRITEBYTECODE
TYPED := models data dashboard pages tests
# Contracts about the tree itself that are written as tests.
CONTRACTS := $(wildcard tests/test_*.py)
COMPILE := pip compile pyproject.toml --universal --python-version 3.11 --upgrade \
	--generate-hashes --no-emit-index-url --no-header --quiet

.PHONY: help setup run test check coverage mutate bench fix texts pictures lock wheelhouse clean

help:  ## name the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

setup: .venv/.ready  ## bring in what is needed, into .venv

.venv/.ready: pyproject.toml requirements-dev.lock .ci/uv .ci/uv-requirements.txt
	rm -f $@
	[ -x $(BIN)/python ] || $(UV) venv --quiet --python "$(PYTHON)" .venv
	$(UV) pip sync --quiet --python $(BIN)/python --require-hashes requirements-dev.lock
	$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --no-index \
		--config-settings editable_mode=compat --editable .
	touch $@

run: setup  ## serve the demonstration district (PORT=8600 for another port)
	$(BIN)/gridlight run --demo --port $(PORT)

test: setup  ## the whole suite, or a part: make test ARGS="tests/models -k overdue"
	$(BIN)/python -m pytest --numprocesses auto --dist loadscope --no-loadscope-reorder $(ARGS)

coverage: setup  ## the suite without a browser, and the share of lines that it runs
	$(BIN)/python -m pytest --numprocesses auto --dist loadscope -m "not browser" \
		--cov --cov-report=term-missing:skip-covered $(ARGS)

mutate: setup  ## plant one fault at a time and see which test catches it
	$(BIN)/python -m tests.mutate $(ARGS)

check: setup  ## format, lint, layers, types, translations
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy $(TYPED)
	$(BIN)/lint-imports
	$(if $(CONTRACTS),$(BIN)/python -m pytest --quiet $(CONTRACTS))

bench: setup  ## the timings, as ratios
	$(BIN)/python -m tests.bench

fix: setup  ## format, then repair what can be repaired
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

texts: setup  ## bring the Chinese catalogue in step with the sources
	$(BIN)/python -m tests.texts update

pictures: setup  ## take the pictures of the README from the demonstration
	$(BIN)/python -m tests.pictures

lock:  ## renew the lock files
	$(UV) $(COMPILE) --group dev --output-file requirements-dev.lock
	$(UV) $(COMPILE) --output-file requirements.lock

wheelhouse:  ## bring the libraries of production into wheelhouse/, for a machine without a network
	$(PYTHON) -m pip download --quiet --disable-pip-version-check --require-hashes --no-deps --only-binary :all: \
		--requirement requirements.lock --dest wheelhouse

clean:  ## remove what was built
	rm -rf .venv .uv build *.egg-info .import_linter_cache .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find models data dashboard pages tests -name __pycache__ -prune -exec rm -rf {} +
