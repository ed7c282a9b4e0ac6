# Needs Python 3.11, pip and a package index; everything else is brought in here.
#   make run     set up and serve the demonstration district
#   make test    the whole suite          make check   format, lint, types, translations, imports
#   make bench   the timings              make fix     format and repair what can be repaired
#   make lock    renew the lock files     make texts   bring the Chinese catalogue in step with the sources
#   make clean   remove what was built

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := setup
.DELETE_ON_ERROR:

PYTHON ?= $(shell command -v python3.11 || command -v python3)
PORT ?= 8501
UV := PYTHON="$(PYTHON)" .ci/uv
BIN := .venv/bin
TYPED := models data dashboard
# Contracts about the tree itself that are written as tests.
CONTRACTS := $(wildcard tests/test_translations.py tests/test_architecture.py)
COMPILE := pip compile pyproject.toml --universal --python-version 3.11 --upgrade \
	--generate-hashes --no-emit-index-url --no-header --quiet

.PHONY: setup run test check bench fix texts lock clean

setup: .venv/.ready

.venv/.ready: pyproject.toml requirements-dev.lock .ci/uv .ci/uv-requirements.txt
	rm -f $@
	[ -x $(BIN)/python ] || $(UV) venv --quiet --python "$(PYTHON)" .venv
	$(UV) pip sync --quiet --python $(BIN)/python --require-hashes requirements-dev.lock
	$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --no-index \
		--config-settings editable_mode=compat --editable .
	touch $@

run: setup
	$(BIN)/gridlight run --demo --port $(PORT)

test: setup
	$(BIN)/python -m pytest --numprocesses auto --dist loadscope --no-loadscope-reorder

check: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy $(TYPED)
	$(if $(CONTRACTS),$(BIN)/python -m pytest --quiet $(CONTRACTS))

bench: setup
	$(BIN)/python -m tests.bench

fix: setup
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

texts: setup
	$(BIN)/python -m tests.texts update

lock:
	$(UV) $(COMPILE) --group dev --output-file requirements-dev.lock
	$(UV) $(COMPILE) --output-file requirements.lock

clean:
	rm -rf .venv .uv build *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find models data dashboard pages tests -name __pycache__ -prune -exec rm -rf {} +
