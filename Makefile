# One verb for each thing that is done to this project; `make help` lists them.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help setup demo test soak browser lint templates types floors sizes new-module migration i18n snapshot bench sixty pictures docs

PYTHON ?= python3
PORT ?= 8000
SHARE ?= 6
ASKED_OF_ALL := $(addsuffix .py,$(addprefix tests/test_,house verbs confirmation unseen_references neighbours house_files))
ARGS ?=
UV := .tools/bin/uv
BIN := .venv/bin

export UV_PYTHON_DOWNLOADS := never
export UV_NO_PROGRESS := 1
# Trust what the machine trusts, where it says so, for networks that have an authority of their own.
ifneq ($(wildcard /etc/ssl/certs/ca-certificates.crt),)
export UV_SYSTEM_CERTS := 1
endif
unexport VIRTUAL_ENV
# Compiled once, apart from the sources, whatever the machine says of bytecode.
unexport PYTHONDONTWRITEBYTECODE
export PYTHONPYCACHEPREFIX ?= $(CURDIR)/var/bytecode

help: ## list the verbs
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: var/.prepared ## make the environment in .venv, from the lock file
	@:

demo: setup ## run everything with the demo organisation (PORT=8000); Ctrl-C stops it
	@exec $(BIN)/meridian up --demo --port $(PORT)

test: setup browser ## lint, fences, types and tests, shuffled; of what every resource is asked a share (SHARE=1: all)
	@$(MAKE) --no-print-directory lint floors types
	@MERIDIAN_SHARE=$(SHARE) $(BIN)/pytest -n 2 $(ARGS)

soak: setup ## all that make test takes a share of: the demo walked by everybody, everything hostile (half an hour)
	@MERIDIAN_SOAK=1 $(BIN)/pytest -n0 -s tests/test_demo_crawl.py tests/test_hostile_*.py tests/test_api.py $(ASKED_OF_ALL) $(ARGS)

lint: setup ## house style of the source
	@$(BIN)/ruff check --quiet
	@$(BIN)/ruff format --check --quiet
	@$(BIN)/python tools/templates.py --check

templates: setup ## one block element a line in every template
	@$(BIN)/python tools/templates.py

types: setup ## static types
	@$(BIN)/mypy

floors: setup ## imports only go down, and through doors
	@$(BIN)/lint-imports --no-logo

sizes: setup ## files, functions and modules stay small
	@$(BIN)/python tools/sizes.py $(ARGS)

new-module: ## write a module's folder: make new-module FLOOR=work NAME=surveys
	@$(PYTHON) tools/new-module $(FLOOR) $(NAME)

migration: setup ## write a migration: make migration MODULE=surveys NAME=add_deadline
	@$(BIN)/python tools/run.py migration "$(MODULE)" "$(NAME)"

i18n: setup ## gather messages into the catalogues, check and compile them
	@$(BIN)/python tools/run.py i18n $(ARGS)

snapshot: setup ## write down addresses, permissions, events and OpenAPI for review
	@$(BIN)/python tools/run.py snapshot $(ARGS)

bench: setup ## measure pages, imports and searches at full size
	@$(BIN)/python bench/run.py $(ARGS)

sixty: setup ## measure the house with forty modules more, made in a copy
	@$(BIN)/python tools/sixty.py $(ARGS)

pictures: setup browser ## take the pictures of the guide anew from the demo
	@$(BIN)/python tools/pictures.py $(ARGS)

docs: setup ## write docs/modules from the modules, and check every link
	@$(BIN)/python tools/run.py docs $(ARGS)

browser:
	@sh tools/browser

$(UV): tools/uv.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Meridian needs Python 3.11 or later: set PYTHON=/path/to/python3.11." >&2; exit 1; }
	@mkdir -p $(@D)
	@if command -v uv >/dev/null 2>&1; then ln -sf "$$(command -v uv)" $@; else \
		$(PYTHON) -m pip --version >/dev/null 2>&1 \
			|| { echo "Python has no pip: run 'apt-get install -y python3-pip'." >&2; exit 1; }; \
		$(PYTHON) -m pip install --quiet --disable-pip-version-check --root-user-action ignore \
			--upgrade --target .tools --require-hashes -r tools/uv.lock; fi
	@touch $@

.venv/.ready: requirements.lock pyproject.toml | $(UV)
	@test -x $(BIN)/python || $(UV) venv --quiet --clear --python "$$(command -v $(PYTHON))" .venv
	@$(UV) pip install --quiet --exact --require-hashes -r requirements.lock
	@$(UV) pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

var/.prepared: .venv/.ready
	@mkdir -p var
	@$(BIN)/meridian prepare
	@$(BIN)/python tools/warm.py
	@touch $@
