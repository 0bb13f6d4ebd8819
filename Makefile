# `make demo` and `make test` need Python 3.11+ and nothing else; `make help` lists the rest.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
BROKERS ?= 1
FUZZ_SECONDS ?= 20

.DEFAULT_GOAL := help
.PHONY: help setup demo up test check format kafka test-kafka fuzz learn chaos kills bench lock clean

help:            ## this list
	@grep -hE '^[a-z-]+: .*##|^[a-z-]+:  *##' $(MAKEFILE_LIST) | sed 's/:[^#]*## /\t/' | expand -t 16

$(VENV)/.installed: requirements/dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "otpstream needs Python 3.11 or newer; set PYTHON=/path/to/python3.11"; exit 1; }
	@echo "Creating $(VENV) and installing the locked dependencies (about a minute the first time) ..."
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

setup: $(VENV)/.installed  ## create .venv with everything that is locked

demo: setup      ## the whole pipeline on the embedded broker and the sandbox, ending in a summary
	@$(BIN)/otpstream demo

up: setup        ## everything in one process (embedded broker unless KAFKA_BOOTSTRAP_SERVERS is set)
	@$(BIN)/otpstream up

test: setup      ## the test suite; needs no Java, no Docker, no network
	@$(BIN)/python -m pytest -m "not kafka"

check: setup     ## lint, format, types, import rules
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: setup    ## format and mend what can be mended
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

kafka: setup     ## a real Apache Kafka in the foreground (Java 17, Maven); BROKERS=3 for three
	@$(BIN)/python -m ops.kafka --brokers $(BROKERS)

test-kafka: setup  ## the tests that need a real Apache Kafka: delivery claims, kills, rebalances
	@$(BIN)/python -m pytest -m kafka

fuzz: setup      ## mutated messages against the extractor, for FUZZ_SECONDS (20)
	@FUZZ_SECONDS=$(FUZZ_SECONDS) $(BIN)/python -m pytest -q tests/unit/processors/extract/test_fuzz.py

learn: setup     ## learn the extractor's weights from tests/corpus anew
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/learn.txt
	@$(BIN)/python -m tests.corpus.generate
	@$(BIN)/python -m tests.corpus.learn
	@$(BIN)/python -m tests.corpus.measure docs

chaos: setup     ## long kill test; options in ARGS, e.g. ARGS="--minutes 10 --kills 120 --brokers 3 --seed 7"
	@$(BIN)/python -m tests.chaos $(ARGS)

kills: setup     ## renting and verifying under random kills; options in ARGS, e.g. ARGS="--kills 150 --seed 7 --store postgresql"
	@$(BIN)/python -m tests.kills $(ARGS)

bench: setup     ## the benchmarks of docs/performance.md on a real Kafka
	@$(BIN)/python -m bench $(ARGS)

lock:            ## renew requirements/*.txt from pyproject.toml (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header -o requirements/run.txt pyproject.toml
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --group dev -o requirements/dev.txt pyproject.toml requirements/build.in
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --group learn -o requirements/learn.txt

clean:           ## remove the environment, caches and Kafka's files
	rm -rf $(VENV) .kafka .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist
