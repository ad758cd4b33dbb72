# The tasks of the project. `make help` lists them.
PYTHON ?= python3
PORT ?= 8501
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# The real open file of the QPVs, read by the demo where it is present.
FICHES_QPV ?= ../shared/data/qpv_2024_fiches.csv
# Their real outlines, likewise.
CONTOURS ?= ../shared/data/qpv_calais_2024.geojson
export PYTHONUTF8 := 1

.DEFAULT_GOAL := help
.PHONY: help install demo run collect test check bench docs clean lock

help: ## list the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 18

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 ou plus récent est nécessaire (PYTHON=/chemin/vers/python3.11 make ...)."; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "L'environnement n'a pas pu être créé. Sous Debian : apt install python3-venv"; rm -rf $(VENV); exit 1; }

$(VENV)/.run: requirements/run.txt requirements/fonts.txt pyproject.toml | $(BIN)/python
	@echo "Installation des bibliothèques (une seule fois)…"
	@$(PIP) install --require-hashes --no-deps -r requirements/run.txt
	@$(PIP) install --require-hashes --no-deps -r requirements/fonts.txt
	@$(PIP) install --no-deps --no-build-isolation --no-index --editable .
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.run
	@$(PIP) install --require-hashes --no-deps -r requirements/dev.txt
	@touch $@

install: $(VENV)/.run ## set up everything into .venv, and start nothing

demo: $(VENV)/.run ## build the fictitious partners, collect from them, show the dashboard (PORT=8501)
	@$(BIN)/cite-emploi demo --port $(PORT) --fiches-qpv "$(FICHES_QPV)" --contours "$(CONTOURS)"

run: $(VENV)/.run ## show the dashboard of cite.toml (or CITE_CONFIG)
	@$(BIN)/cite-emploi lancer --port $(PORT)

collect: $(VENV)/.run ## collect from every partner of cite.toml (or CITE_CONFIG)
	@$(BIN)/cite-emploi collecter

test: $(VENV)/.dev ## run every check and every test, fetching PostgreSQL and Chromium where it may
	@sh tests/programs.sh
	@$(MAKE) --no-print-directory check
	@$(BIN)/python -m pytest -n auto --dist loadgroup

check: $(VENV)/.dev ## style, types, and the one-way imports
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/mypy

bench: $(VENV)/.dev ## measure, as ratios in one run
	@$(BIN)/python -m tests.benchmarks

docs: $(VENV)/.dev ## write again the generated pages of docs/
	@$(BIN)/python -m tests.docs

lock: ## resolve the dependencies again (needs uv)
	@for f in run dev; do uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --custom-compile-command "make lock" requirements/$$f.in -o requirements/$$f.txt; done
	@uv pip compile -q --no-deps --universal --python-version 3.11 --generate-hashes --no-emit-index-url --custom-compile-command "make lock" requirements/fonts.in -o requirements/fonts.txt

clean: ## remove the environment, the demo and every generated file
	@rm -rf $(VENV) .demo artefacts build dist *.egg-info .mypy_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
