# Every command of the project. `make help` lists them.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
endif
RUN := $(BIN)/python
UV := $(shell command -v uv 2>/dev/null)
# `make book SOLUTIONS=no` builds a site of its own, without the solved notebooks.
SOLUTIONS ?= yes
SITE := _build/html
ifeq ($(SOLUTIONS),no)
SITE := _build/without_solutions/_build/html
TOC := _build/toc_without_solutions.yml
endif
FORCE ?=
UNIT ?=

# How packages are installed: by uv when it is there, else by pip; versions from constraints.txt.
ifneq ($(UV),)
INSTALL := $(UV) pip install --quiet --python $(RUN) --constraint constraints.txt
else
INSTALL := $(RUN) -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
endif

# Environments of other versions, beside the pinned one; the tests that tell whether results moved.
FRESH = uv venv --quiet --allow-existing --python $(PYTHON) .venv-$(1) && \
  uv pip install --quiet --python .venv-$(1) $(2) || { echo "This needs uv: python3 -m pip install uv"; exit 1; }
DRIFT := tests/test_notebooks.py tests/test_banks.py tests/test_backends.py

.DEFAULT_GOAL := help
.PHONY: help setup book serve archive pdf audit changes check-links lab notebooks embedded-data trained-weights live-data full results evidence test test-all test-newest test-lowest test-processor bench lint clean

## help : list all commands
help:
	@grep -h -E '^## ' $(MAKEFILE_LIST) | sed -e 's/^## //' | awk -F ' : ' '{printf "  make %-14s %s\n", $$1, $$2}'

## setup : make the environment in .venv, with all that the other commands need
setup: $(VENV)/ready-all

## book : build the site and print the file to open (SOLUTIONS=no: without the solved notebooks)
book: $(VENV)/ready-book $(TOC)
	@# Sphinx does not notice a changed style sheet: then every page is written anew.
	@changed=$$(find book/_static -newer $(SITE)/../complete 2>/dev/null); \
	  $(BIN)/jupyter-book build . --quiet $${changed:+--all} -W -n --keep-going \
	  $(if $(TOC),--toc $(TOC) --path-output _build/without_solutions)
	@touch $(SITE)/../complete
	@echo "Open $(CURDIR)/$(SITE)/index.html"

_build/toc_without_solutions.yml: _toc.yml
	@mkdir -p _build
	@awk '/^  - caption:/ {solved = /Solved/} !solved' _toc.yml > $@

## serve : build the site and serve it on http://localhost:8000
serve: book
	@$(RUN) -m http.server 8000 --bind 127.0.0.1 --directory $(SITE)

## archive : pack the built site into one file, to read offline
archive: book $(VENV)/ready-all
	@$(RUN) -m helpers.authoring.take_away archive

## pdf : print the built site into one PDF (needs Chromium)
pdf: book $(VENV)/ready-all
	@$(RUN) -m helpers.authoring.take_away pdf

## audit : weigh all pages, and ask axe-core and Lighthouse (needs Chromium; Node.js for Lighthouse)
audit: book $(VENV)/ready-all
	@$(RUN) -m helpers.authoring.audit > _build/audit.md; cat _build/audit.md

## changes : tell what differs between another built site and this one (BEFORE=its folder)
changes: book $(VENV)/ready-all
	@$(RUN) -m helpers.authoring.changes "$(BEFORE)" $(SITE) > _build/changes.md
	@echo "Open $(CURDIR)/_build/changes.md"

## check-links : ask every address outside the site whether it is still there (needs a network)
check-links: $(VENV)/ready-book
	@$(BIN)/jupyter-book build . --builder linkcheck

## lab : open copies of the student notebooks, in my/, in JupyterLab
lab: $(VENV)/ready-all
	@$(RUN) -m helpers.authoring my
	@$(BIN)/jupyter lab my

## notebooks : bring both trees up to date with solutions/*.py (FORCE=1 overwrites edits by hand)
notebooks: $(VENV)/ready-all
	@$(RUN) -m helpers.authoring notebooks $(if $(FORCE),--force)
	@$(RUN) -m helpers.authoring evidence

## embedded-data : make the embedded data sets anew (fetches fonts and digits from the npm registry)
embedded-data: $(VENV)/ready-all
	@$(RUN) -m helpers.authoring.embedded

## trained-weights : train unit 07's network on the real HASYv2, and keep its weights
trained-weights: $(VENV)/ready-all
	@$(RUN) -m helpers.authoring.trained_symbols

## live-data : write data and still pictures of the live figures anew
live-data: $(VENV)/ready-all
	@$(RUN) -m helpers.authoring.live

## full : run the units on the real data at full size (UNIT=05 for one, UNIT="05 07" for two)
full: $(VENV)/ready-all
	@$(RUN) -m helpers.authoring full $(UNIT)

## results : bring the page of results up to date with the solutions, without a run
results: $(VENV)/ready-all
	@$(RUN) -m helpers.authoring results

## evidence : write the page on how we know that the book works, from tests and notebooks
evidence: $(VENV)/ready-all
	@$(RUN) -m helpers.authoring evidence

## test : run the checks that every change should pass
test: $(VENV)/ready-all
	@$(BIN)/pytest -q -m "not slow"
	@$(BIN)/pytest -q --nbval solutions

## test-all : run all checks, the long ones too
test-all: $(VENV)/ready-all
	@$(BIN)/pytest -q
	@$(BIN)/pytest -q --nbval solutions

## test-newest : hold every notebook's bands on the newest releases, and on a second Keras backend
test-newest:
	@$(call FRESH,newest,--upgrade --editable ".[test]" jax)
	@.venv-newest/bin/python -m pytest -q $(DRIFT)

## test-lowest : the same on the oldest releases that pyproject.toml allows
test-lowest:
	@$(call FRESH,lowest,--resolution lowest-direct --editable ".[test]")
	@.venv-lowest/bin/python -m pytest -q $(DRIFT)

## test-processor : run the notebooks as on an older processor: do outputs and bands hold?
test-processor: $(VENV)/ready-all
	@features=$$($(RUN) -c "from numpy._core._multiarray_umath import __cpu_dispatch__; print(*__cpu_dispatch__)"); \
	  export NPY_DISABLE_CPU_FEATURES="$$features" OPENBLAS_CORETYPE=Prescott ONEDNN_MAX_CPU_ISA=SSE41; \
	  $(BIN)/pytest -q --nbval solutions && $(BIN)/pytest -q tests/test_notebooks.py

## bench : print timings, each beside what it is compared with
bench: $(VENV)/ready-all
	@for script in bench/*.py; do echo "== $$script"; OMP_NUM_THREADS=1 $(RUN) $$script; done

## lint : look for mistakes of form
lint: $(VENV)/ready-all
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

## clean : remove what was built, but neither the environment nor my/
clean:
	@rm -rf _build build dist *.egg-info .pytest_cache .ruff_cache
	@find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +

# A stamp stands for an environment that is complete, so that later commands need no network.
$(VENV)/made:
	@command -v $(PYTHON) >/dev/null || { echo "There is no program named $(PYTHON). \
	Install Python 3.11, 3.12 or 3.13 and name it: make PYTHON=python3.12"; exit 1; }
	@# TensorFlow has no release for a newer Python yet.
	@$(PYTHON) -c 'import sys; v = sys.version_info; sys.exit(0 if (3, 11) <= v[:2] <= (3, 13) else \
	  "First Layers needs Python 3.11, 3.12 or 3.13, and this is %d.%d. Install one and name it: \
	make PYTHON=python3.12" % v[:2])'
ifneq ($(UV),)
	@$(UV) venv --quiet --allow-existing --python $(PYTHON) $(VENV)
else
	@$(PYTHON) -m venv $(VENV)
endif
	@touch $@

$(VENV)/ready-book: $(VENV)/made pyproject.toml constraints.txt
	@echo "Setting up what the site needs (once) ..."
	@$(INSTALL) --editable ".[book]"
	@touch $@

$(VENV)/ready-all: $(VENV)/ready-book
	@echo "Setting up the rest (once) ..."
	@$(INSTALL) --editable ".[book,test,dev]"
	@touch $@
