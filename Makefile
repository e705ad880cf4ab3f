# Everything a person does with this checkout. `make` alone lists the targets.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

PY ?= python3
PORT ?= 8000
WORKERS ?= $(shell n=$$(nproc); echo $$((n < 6 ? n : 6)))
SEED ?= 2026
CHROMIUM ?= /usr/bin/chromium

VENV := .venv
IN := $(VENV)/bin/python
NODE_OK := node_modules/.ok
step := scripts/step
lock := $(IN) -m uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate
install := $(IN) -m uv pip install -q --python $(IN) --compile-bytecode

export PATH := $(CURDIR)/$(VENV)/bin:$(PATH)
export UV_PYTHON_DOWNLOADS := never
# A hospital's own certificates are among the machine's, not among those that tools bring along.
export UV_SYSTEM_CERTS := 1
export NODE_USE_SYSTEM_CA := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# Where this is set, every start compiles everything again.
unexport PYTHONDONTWRITEBYTECODE
run demo: export SAFETOMOVE_DATA ?= $(CURDIR)/.run/data
# A test never meets the database or the data of a site that somebody uses.
test: apart := env -u SAFETOMOVE_DATABASE -u SAFETOMOVE_DATA

.PHONY: help run demo test check css css-check messages lock bench bench-core bench-web trial figures lighthouse clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(VENV)/.run ## set up what is missing and start the site (PORT=8000)
	@exec $(IN) -m safetomove serve --port $(PORT)

demo: $(VENV)/.run ## add a person with twelve weeks of diary, and a clinic, to look around with
	@$(IN) -m safetomove demo --clinic

test: ## set up what is missing, then every check and every test
	@PY=$(PY) scripts/need.sh
	@$(MAKE) --no-print-directory check
	@echo "What keeps the record, on PostgreSQL"
	@$(apart) scripts/pg.sh $(IN) -m pytest -q -n $(WORKERS) tests/services
	@echo "Every test, on SQLite"
	@$(apart) $(IN) -m pytest -q -n $(WORKERS)

check: $(VENV)/.dev $(NODE_OK) ## the checks that run no test
	@$(step) "ruff: rules" ruff check -q .
	@$(step) "ruff: layout" ruff format -q --check .
	@$(step) "mypy: types" mypy
	@$(step) "import-linter: who may import whom" lint-imports
	@$(step) "vulture: code that nothing uses" vulture --min-confidence 80 --exclude "*/migrations/*" src scripts bench
	@$(step) "Django: models match migrations" scripts/like_production.sh manage.py makemigrations --check --dry-run
	@$(step) "Django: settings fit for the open web" scripts/like_production.sh manage.py check --deploy --fail-level WARNING
	@$(step) "the style sheet is the one its sources make" scripts/css_is_fresh.sh

css: $(NODE_OK) ## build the style sheet from styles/
	@npm run --silent css

messages: $(VENV)/.dev ## collect the words of pages for translators
	@scripts/messages.sh

lock: $(VENV)/.run ## pin every requirement again, with hashes
	@$(lock) requirements/bootstrap.in -o requirements/bootstrap.txt
	@$(lock) requirements/run.in -o requirements/run.txt
	@$(lock) requirements/dev.in -o requirements/dev.txt

bench: bench-core bench-web ## every bar, as ratios measured in one run

bench-core: $(VENV)/.dev ## the bars of rules and models
	@missed=; for bar in $(filter-out bench/web% bench/bare_% bench/invented_% bench/__init__.py,$(wildcard bench/*.py)); do \
	  echo "$$bar"; $(IN) "$$bar" || missed+=" $$bar"; done; \
	  echo "Bars missed:$${missed:- none}"

bench-web: $(VENV)/.dev ## the bars of the running site
	@for bar in $(wildcard bench/web*.py); do $(IN) "$$bar"; done

trial: $(VENV)/.run ## try the dose rule on virtual patients: one page in .run/trial.html (exploratory)
	@$(IN) -m safetomove trial --seed $(SEED) --out .run/trial.json --page .run/trial.html

figures: $(VENV)/.dev ## draw the picture of every movement
	@CHROMIUM=$(CHROMIUM) $(IN) scripts/figure_sheet.py docs/pictures/figures.png

lighthouse: $(VENV)/.dev $(NODE_OK) ## score the first pages as on a phone
	@CHROMIUM=$(CHROMIUM) scripts/lighthouse.sh

clean: ## remove what was installed or built here; your data in .run/data stay
	@rm -rf $(VENV) node_modules .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

# --- What the targets stand on --------------------------------------------------------------

$(VENV)/.base: requirements/bootstrap.txt
	@PY=$(PY) scripts/python_fits.sh
	@echo "Setting up Python in $(VENV) …"
	@$(PY) -m venv $(VENV)
	@$(IN) -m pip install -qq --require-hashes -r requirements/bootstrap.txt
	@touch $@

$(VENV)/.run: $(VENV)/.base requirements/run.txt pyproject.toml
	@echo "Installing what the site needs …"
	@$(install) --require-hashes -r requirements/run.txt
	@$(install) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements/dev.txt
	@echo "Installing what the tests need …"
	@$(install) --require-hashes -r requirements/dev.txt
	@touch $@

$(NODE_OK): $(VENV)/.dev package-lock.json
	@echo "Installing what the style sheet and the page checks need …"
	@npm ci --silent
	@touch $@
