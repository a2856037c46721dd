# What a new user types is `make demo` and `make test`; all else is for those who change onrecord.
# A fresh machine needs Python 3.11 or newer, pip, make and git. Every target sets up what it needs, once.

SHELL := /bin/bash
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

VENV := .venv
BIN := $(VENV)/bin
# The first Python that runs and is new enough (pyenv leaves commands that do not run).
PYTHON ?= $(shell for python in python3 python3.11 python3.12 python3.13 python; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
# The lock is complete, so nothing has to be resolved. Modules are compiled when they are first used: a third of an
# install is compiling those that never are. So what an image may say against keeping them does not hold here.
unexport PYTHONDONTWRITEBYTECODE
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --no-deps
PACKAGE := pyproject.toml
RUN ?= runs/latest
DOOR ?= html
# Benchmarks and training load ONNX Runtime themselves; src/onrecord/runtime.py says what it would send.
export ORT_DISABLE_TELEMETRY := 1
SECONDS := 60
SEED := 1
MODEL := src/onrecord/model/weights
GOLD := ../shared/data/polnear/dev.jsonl

LOWEST := .venv-lowest
# What touches each dependency; the rest of the tests rests on our own code.
LOWEST_TESTS := tests/test_packaging.py tests/test_pipeline.py tests/test_spacy_component.py tests/assistants tests/model \
	tests/ingest/test_charsets.py tests/ingest/test_dates.py tests/ingest/test_inflating.py tests/ingest/test_languages.py \
	tests/ingest/test_pagemetadata.py tests/ingest/test_sandbox.py tests/ingest/test_warcs.py tests/ingest/test_webpages.py \
	tests/record/test_record_opening.py tests/record/test_record_searching.py tests/values \
	tests/cli/test_add.py tests/cli/test_read_process.py tests/cli/test_search.py tests/cli/test_stats.py \
	tests/exports/test_datasette.py tests/exports/test_export_tables.py tests/exports/test_exporting.py \
	tests/batch/test_loading.py tests/batch/test_running.py \
	tests/web/test_api_answers.py tests/web/test_pages.py tests/web/test_report_page.py tests/web/test_serve.py

.PHONY: help install demo test test-lowest test-hostile fuzz coverage audit check format bench bench-speakers bench-stages bench-adding bench-memory train docs reference wheel lock clean

help:  ## Show what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "%-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

install: $(VENV)/tested  ## Set up .venv from the lock, with what tests need

demo: $(VENV)/run  ## Read the invented report that ships with onrecord, and show its record
	@$(BIN)/onrecord demo

# A file's tests stay together: what they share, a browser or a cluster, starts once. In their order the many short files
# of src come last, so that no process waits long for the others. Those that measure run alone.
test: $(VENV)/tested  ## Run all tests, a process a core
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder -m "not timed" $(PYTEST)
	$(BIN)/python -m pytest -o testpaths=tests -m timed $(PYTEST)

test-lowest:  ## Run tests with the lowest versions that pyproject.toml allows, in .venv-lowest (needs uv)
	requirements/lowest.sh $(LOWEST)
	$(LOWEST)/bin/python -m pytest --numprocesses auto --dist loadfile -m "not timed" $(LOWEST_TESTS) $(PYTEST)

# Processes that tests start (page parsers, readers of reports) are measured too; those that are killed tell nothing.
coverage: $(VENV)/measured  ## Tell which lines and branches of src no test runs; 90 % is the least
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest --numprocesses auto --dist loadfile --timeout 600 -m "not timed" $(PYTEST)
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

audit:  ## Ask PyPI for known holes in what the locks name; fails where it gets no answer (needs uv)
	@for lock in run ci docs; do uvx pip-audit --strict --disable-pip --no-deps --vulnerability-service pypi \
		--progress-spinner off --requirement requirements/$$lock.txt || exit 1; done

# The scale that the reliability rows name for releases: a million damaged pages and more; hours, not minutes.
test-hostile: $(VENV)/tested  ## Run all tests at full scale, a million damaged pages among them
	ONRECORD_FULL=1 ONRECORD_HOSTILE_N=1000000 ONRECORD_KILLS=1000 ONRECORD_RECORD_KILLS=5000 \
		$(BIN)/python -m pytest --timeout 86400 $(PYTEST)

fuzz: $(VENV)/fuzzed  ## Fuzz one door for some processor seconds: make fuzz DOOR=html SECONDS=1800 SEED=1 (Linux, macOS)
	$(BIN)/python fuzz/run.py $(DOOR) --seconds $(SECONDS) --seed $(SEED)

check: $(VENV)/tested  ## Lint, check the format and the types
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

format: $(VENV)/tested  ## Format the code and fix what can be fixed
	$(BIN)/ruff check --fix-only
	$(BIN)/ruff format

bench: $(VENV)/run  ## Score attribution, speakers, extraction and speed, and hold them against their floors
	@if [ -d ../shared ]; then $(BIN)/python benchmarks/bench.py $(BENCH); \
	else echo "make bench: skipped: ../shared, which holds the annotated reports and their scorer, is not there"; fi

bench-speakers: $(VENV)/run  ## Report how well speakers are told: given spans, end to end, names, coreference, cost
	$(BIN)/python benchmarks/speakers_report.py $(BENCH)

bench-stages: $(VENV)/run  ## Show where a reading's time goes, beside the bare networks and the machine's limits (RIVALS=python with textacy)
	$(BIN)/python benchmarks/stages.py $(if $(wildcard ../shared),../shared/data/polnear/dev.jsonl) $(if $(RIVALS),--rivals $(RIVALS)) $(BENCH)

bench-adding: $(VENV)/run  ## Hold adding to a record against bare reading; its size against its text
	$(BIN)/python benchmarks/adding.py ../shared/data/news/stories.jsonl $(BENCH)

bench-memory: $(VENV)/run  ## Watch the memory of adding 100,000 short reports (reliability row IN12); an hour
	$(BIN)/python benchmarks/adding.py ../shared/data/news/stories.jsonl --memory 100000 $(BENCH)

train: $(VENV)/trained  ## Train the network (RUN=folder; goes on where it stopped), export and tune it, train the ranker and the event head
	$(BIN)/python training/train.py $(RUN)
	$(BIN)/python training/train_heads.py $(RUN) $(RUN)-first-heads
	$(BIN)/python training/train_heads.py $(RUN) $(RUN)-heads --start $(RUN)-first-heads --recipe training/heads-further.toml
	$(BIN)/python training/export.py $(RUN)-heads $(MODEL)
	$(BIN)/python training/tune.py $(MODEL) $(GOLD)
	$(BIN)/python training/train_ranker.py $(MODEL)
	$(BIN)/python training/train_events.py $(MODEL) $(RUN)-events --hold 10
	$(BIN)/python training/export_events.py $(RUN)-events $(MODEL)
	$(BIN)/python training/tune_events.py $(MODEL) $(MODEL) --hold 10

docs: $(VENV)/documented  ## Make the documentation in site/
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet

reference: $(VENV)/run  ## Make the reference pages and the examples' output anew
	$(BIN)/python -m onrecord.cli.reference > docs/reference/cli.md
	$(BIN)/python docs/generate_reference.py
	$(BIN)/python docs/examples.py

wheel: $(VENV)/run  ## Build the wheel and the source archive in dist/
	rm -rf dist
	$(BIN)/python -m hatchling build
	ls -l dist

lock:  ## Make requirements/*.txt anew from pyproject.toml (needs uv)
	requirements/compile.sh

clean:  ## Remove what was made here, the trained runs excepted
	rm -rf $(VENV) $(LOWEST) .coverage dist site build .pytest_cache .mypy_cache .ruff_cache .hypothesis

# --- the environment: each stamp says what is installed ----------------------------------------

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "onrecord needs Python 3.11 or newer; none was found. Name one: make PYTHON=/path/to/python3.11 ..."; exit 1; }
	@# Debian keeps ensurepip in a package of its own; pip outside can fill an environment without it.
	$(PYTHON) -m venv --clear $(VENV) >/dev/null || { \
		$(PYTHON) -m venv --clear --without-pip $(VENV) && $(PYTHON) -m pip --python $(BIN)/python install --quiet pip; }

$(VENV)/run: requirements/run.txt $(PACKAGE) | $(BIN)/python
	$(PIP_INSTALL) --requirement requirements/run.txt
	$(PIP_INSTALL) --no-build-isolation --editable .
	@touch $@

$(VENV)/tested: requirements/ci.txt | $(VENV)/run
	$(PIP_INSTALL) --requirement requirements/ci.txt
	@touch $@

$(VENV)/measured: pyproject.toml | $(VENV)/tested
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[coverage]'
	@touch $@

# atheris has no wheels for Windows and is needed for nothing else, so it is not in the lock.
$(VENV)/fuzzed: | $(VENV)/tested
	$(BIN)/python -m pip install --quiet --disable-pip-version-check 'atheris>=3,<4'
	@touch $@

$(VENV)/documented: requirements/docs.txt | $(VENV)/run
	$(PIP_INSTALL) --requirement requirements/docs.txt
	@touch $@

# torch is not in the lock: which build is right depends on the machine.
$(VENV)/trained: pyproject.toml | $(VENV)/run
	$(BIN)/python -m pip install --editable '.[train]'
	@touch $@
