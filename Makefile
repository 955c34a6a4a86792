# Every daily command. `make help` lists them.
SHELL := /bin/bash
.DEFAULT_GOAL := help

VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv
SYNC = UV_PROJECT_ENVIRONMENT=$(VENV) UV_PYTHON_DOWNLOADS=never $(UV) sync --quiet --locked --inexact --all-extras
SAMPLES := examples/pages
PYTEST_WORKERS ?= 2

export ONRECORD_CHROMIUM ?= /usr/bin/chromium

.PHONY: help demo test check bench train docs lock clean

help: ## list the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | sort | expand -t 10

$(UV):
	@.ci/make-venv $(VENV)

$(VENV)/.installed: pyproject.toml uv.lock | $(UV)
	@echo "Installing what onrecord needs ..."
	@$(SYNC) --no-dev
	@touch $@

$(VENV)/.dev: pyproject.toml uv.lock | $(UV)
	@echo "Installing what onrecord and its tests need ..."
	@$(SYNC)
	@touch $@ $(VENV)/.installed

demo: $(VENV)/.installed ## read the sample pages, show the statements beside them, fill ./demo-data and serve the site
	@$(BIN)/onrecord extract --to table --jobs 1 $(SAMPLES)
	@$(BIN)/onrecord demo --pages $(SAMPLES)

test: check ## lint, types, import rules, then every test, with Chromium and PostgreSQL
	@.ci/packages chromium postgresql
	@.ci/with-postgres $(BIN)/python -m pytest -n $(PYTEST_WORKERS) --dist loadfile

check: $(VENV)/.dev ## lint, types, import rules; no test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.dev ## accuracy, speed and memory, as tables
	@$(BIN)/python -m bench

$(VENV)/.train: training/requirements.txt | $(VENV)/.dev
	@echo "Installing what training needs ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r $<
	@touch $@

train: $(VENV)/.train ## corpora (ONRECORD_DATA) to the weights in the package
	@$(BIN)/python -m training

docs: $(VENV)/.dev ## write the reference from --help and the settings
	@$(BIN)/python docs/generate.py

lock: | $(UV) ## resolve the dependencies anew
	@$(UV) lock

clean: ## remove what the commands above made
	rm -rf $(VENV) demo-data .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
