# Needs CPython 3.11 or newer with venv and pip, and GNU make. Everything else is installed into .venv.
#
#   make demo        run the example exercise, draft its notices, and say where both are
#   make test        the tests, with the coverage gates
#   make test-deep   long oracles and fuzzing, and every law on all of its cases
#   make lint        ruff, mypy, import-linter
#   make bench       time the commands in cold processes
#   make docs        write the generated pages of docs/reference and schema/
#   make picture     take the README's picture again (needs Chromium)
#   make charts      draw the charts of the documentation again
#   make web         rebuild the report's page from web/ (needs Node 20 or newer)
#   make lock        write requirements/ again from pyproject.toml (needs uv; UPGRADE=--upgrade for newer versions)
#   make clean       remove .venv, out/ and every cache

.DELETE_ON_ERROR:
.PHONY: demo test test-deep lint bench docs picture charts web lock clean

# An environment that forbids byte code would make every start pay for compiling again.
unexport PYTHONDONTWRITEBYTECODE

USABLE := import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for name in python3.13 python3.12 python3.11 python3; do \
	"$$name" -c '$(USABLE)' >/dev/null 2>&1 && { echo "$$name"; break; }; done)

VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check --quiet
UV ?= uv
UPGRADE ?=

EXAMPLE := examples/northern-interaction-2023.exercise.yaml
DEMO_OUT := out/northern-interaction-2023
GATED := src/waterspace/domain/*,src/waterspace/geometry/*,src/waterspace/quantity.py,src/waterspace/planfile/*,src/waterspace/checks/*

demo: $(VENV)/.ready
	$(VENV)/bin/waterspace run $(EXAMPLE) --seed 1 --out $(DEMO_OUT)
	$(VENV)/bin/waterspace notices $(EXAMPLE) --format all --out $(DEMO_OUT)-notices >/dev/null
	@echo "The findings are meant: comments in $(EXAMPLE) explain each."
	@echo "The report: $(CURDIR)/$(DEMO_OUT)/report.html"
	@echo "The notices: $(CURDIR)/$(DEMO_OUT)-notices/promulgation.txt and the drafts beside it"

test: $(VENV)/.ready-dev
	$(PY) -m pytest -m "not deep" --numprocesses auto --dist worksteal --cov --cov-report=
	$(PY) -m coverage report
	@echo "Coverage of the parts that everything else trusts:"
	$(PY) -m coverage report --include='$(GATED)' --fail-under=95

test-deep: $(VENV)/.ready-dev
	$(PY) -m pytest -m "deep or law" --hypothesis-profile deep --numprocesses auto --dist worksteal

lint: $(VENV)/.ready-dev
	$(PY) -m ruff check
	$(PY) -m ruff format --check
	$(PY) -m mypy
	$(VENV)/bin/lint-imports --no-logo

bench: $(VENV)/.ready
	$(PY) benchmarks/cold.py
	for work in coast geodesy meetings fleet_meetings check_large bluesky light depth zones routes; do $(PY) benchmarks/$$work.py; done

docs: $(VENV)/.ready
	$(PY) tools/build_docs.py

picture: $(VENV)/.ready-dev
	$(PY) tools/take_picture.py

charts: $(VENV)/.ready
	$(PY) tools/draw_charts.py

web:
	cd web && npm ci --no-audit --no-fund && npm run build

# Two locks of one resolution: requirements/run.txt is for using Waterspace, requirements/dev.txt for working on it.
COMPILE := $(UV) pip compile --no-config --quiet --universal --fork-strategy fewest --python-version 3.11 --generate-hashes --no-annotate \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" $(UPGRADE) pyproject.toml
lock:
	$(COMPILE) --all-extras --group dev --output-file requirements/dev.txt
	$(COMPILE) --group build --constraint requirements/dev.txt --output-file requirements/run.txt

clean:
	rm -rf $(VENV) out dist .coverage .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find src tests tools benchmarks -name __pycache__ -type d -exec rm -rf {} +

# --------------------------------------------------------------------------------------------- the environment

$(PY):
	@test -n "$(PYTHON)" || { echo "No CPython 3.11 or newer with venv and pip found; name one: make PYTHON=..." >&2; exit 1; }
	@"$(PYTHON)" -c '$(USABLE)' || { echo "$(PYTHON) is not CPython 3.11 or newer with venv and pip" >&2; exit 1; }
	"$(PYTHON)" -m venv $(VENV)

INSTALL_SELF := $(PIP) install --no-deps --no-build-isolation --editable .

$(VENV)/.ready: requirements/run.txt pyproject.toml | $(PY)
	@$(PY) -c 'import pip' 2>/dev/null || $(PY) -m ensurepip >/dev/null
	$(PIP) install --require-hashes --only-binary :all: --requirement requirements/run.txt
	$(INSTALL_SELF)
	$(PY) -m compileall -q src
	@touch $@

$(VENV)/.ready-dev: requirements/dev.txt $(VENV)/.ready
	$(PIP) install --require-hashes --only-binary :all: --requirement requirements/dev.txt
	@touch $@
