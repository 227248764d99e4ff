# Two commands do all the set-up: make run, make test. The rest is for working on Safehand.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

VENV := .venv
BIN := $(VENV)/bin
BUILT := src/safehand/desk/core/static/built
WORDS := src/safehand/analysis/indicators/built
RUN_DIR ?= var/desk
PORT ?= 8000
EACH ?= 90
TIMES ?= 100000
SCHEDULES ?= 10000
FROM ?= 0
PYTEST := $(BIN)/python -m pytest

export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help run test check bench fuzz clean lock install styles words browser tools style types floors

help: ## what each command does
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

run: install styles words ## the desk on http://127.0.0.1:8000, with a sample case that went through the real path
	$(BIN)/safehand desk run --sample --state $(RUN_DIR) --port $(PORT)

test: install styles words tools browser check ## every test, the browser journeys included
	scripts/test

check: install style types floors ## style, types, floors

style:
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types:
	$(BIN)/mypy src tests benchmarks evaluation verifier

floors:
	$(BIN)/lint-imports

bench: install styles tools ## every figure of docs/benchmarks.md, measured again
	$(BIN)/python benchmarks/all.py --date $$(date -u +%F)

.PHONY: evaluate
evaluate: install words ## how often the rules of analysis are right, on texts whose answers are known
	$(BIN)/python evaluation/meeting_time.py
	$(BIN)/python evaluation/indicator_rules.py

fuzz: install ## near misses of every form of chat export: EACH=90 seconds, ONLY=telegram, RECORD=docs/fuzzing.md
	PYTHONPATH=tests/builders:tests/fuzz $(BIN)/python tests/fuzz/fuzz.py --seconds $(EACH) --only "$(ONLY)" $(if $(RECORD),--record $(RECORD))

.PHONY: faults tamper
faults: install words ## random schedules of deeds, faults and restarts: SCHEDULES=10000, FROM=0
	SAFEHAND_SCHEDULES=$(SCHEDULES) SAFEHAND_SCHEDULES_FROM=$(FROM) $(PYTEST) -n0 -q tests/faults/test_schedules.py

tamper: install words ## random tamperings, each found and named: TIMES=100000, FROM=0
	SAFEHAND_TAMPERINGS=$(TIMES) SAFEHAND_TAMPERINGS_FROM=$(FROM) $(PYTEST) -n0 -q tests/faults/test_tampered.py

clean: ## take away everything the other commands made
	rm -rf $(VENV) node_modules frontend/node_modules $(BUILT) $(WORDS) build dist var .mypy_cache .ruff_cache .pytest_cache .hypothesis

lock: install ## write the lock files again from pyproject.toml
	scripts/lock

install: $(VENV)/.installed
styles: $(BUILT)/.built
words: $(WORDS)/words.json

$(VENV)/.installed: requirements-dev.lock pyproject.toml
	scripts/install $(VENV)

$(BUILT)/.built: frontend/package-lock.json $(shell find frontend/styles frontend/scripts frontend/sealer src/safehand/*/data -type f 2>/dev/null)
	scripts/styles $(BUILT)

$(WORDS)/words.json: $(BUILT)/.built $(wildcard src/safehand/analysis/indicators/data/*) | $(VENV)/.installed
	scripts/words $@

tools: ## the stock tools that tests check packages with
	@scripts/tools

browser:
	@scripts/browser
