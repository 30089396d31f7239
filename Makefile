# Everything a developer, an operator or CI runs. Targets that need the package build it first, into .venv.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
TOOLS := $(VENV)/.tools
WITH_DBN := $(VENV)/.installed-dbn
INSTALL := $(BIN)/pip install --quiet --constraint constraints.txt --no-build-isolation --editable
INSTALL_WITH_DBN := MATURIN_PEP517_ARGS='--features python,dbn' $(INSTALL)
RUST_SOURCES := $(shell find engine_core -name '*.rs') Cargo.toml Cargo.lock engine_core/Cargo.toml
SAY := @printf '%s\n'
DEMO_SECONDS ?= 20
DOCUMENTED := pyengine pyengine.config pyengine.events pyengine.history.store gateway.client gateway.schemas gateway.auth
CONFIG ?= data/venue.toml

export PIP_DISABLE_PIP_VERSION_CHECK := 1
# pip builds the package with the maturin that is pinned, not with one of its own.
export PATH := $(abspath $(BIN)):$(PATH)

.PHONY: help browser build build-dbn docs demo serve test test-long lint vocabulary bench clean

help: ## Print this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | while IFS="$$(printf '\t')" read -r name text; do printf '  %-10s %s\n' "$$name" "$$text"; done

# A build with tapes of Databento is one without them, too: what needs none takes what is there.
build: $(INSTALLED) ## Set up .venv and build the native core, optimised, into it

$(BIN)/python:
	@engine_core/toolchain.sh $(PYTHON)
	$(SAY) 'Making a Python environment in $(VENV) (seconds)'
	@$(PYTHON) -m venv $(VENV)

$(BIN)/ruff: | $(BIN)/python
	$(SAY) 'Fetching ruff, which formats what is written (seconds)'
	@$(BIN)/pip install --quiet --constraint constraints.txt ruff

$(INSTALLED): pyproject.toml constraints.txt $(RUST_SOURCES) | $(BIN)/python
	@engine_core/toolchain.sh $(BIN)/python
	$(SAY) 'Fetching maturin, which builds Python packages in Rust (seconds)'
	@$(BIN)/pip install --quiet --constraint constraints.txt maturin
	$(SAY) 'Fetching packages, compiling the core, optimised (1 to 3 minutes the first time)'
	@$(INSTALL) .
	@rm -f $(WITH_DBN)
	@touch $@
	$(SAY) 'Built: $(BIN)/pyengine'

build-dbn: $(WITH_DBN) ## The same, and replay tapes of Databento (builds zstd from C)

$(WITH_DBN): pyproject.toml constraints.txt $(RUST_SOURCES) | $(BIN)/python
	@engine_core/toolchain.sh $(BIN)/python
	$(SAY) 'Fetching maturin, which builds Python packages in Rust (seconds)'
	@$(BIN)/pip install --quiet --constraint constraints.txt maturin
	$(SAY) 'Fetching packages, compiling the core, optimised, with tapes of Databento (2 to 4 minutes the first time)'
	@$(INSTALL_WITH_DBN) .
	@touch $(INSTALLED) $@
	$(SAY) 'Built: $(BIN)/pyengine'

# What tests and lints need besides, which nobody else is to wait for.
$(TOOLS): pyproject.toml constraints.txt | $(WITH_DBN)
	$(SAY) 'Fetching what tests and lints need, compiling what changed (up to 2 minutes)'
	@$(INSTALL_WITH_DBN) '.[dev]'
	@touch $@

demo: build ## Watch a venue trade, settle, stop, recover and prove itself (DEMO_SECONDS=20)
	$(BIN)/pyengine demo --seconds $(DEMO_SECONDS)

serve: build ## Run a venue until Ctrl-C (CONFIG=data/venue.toml, made if missing)
	test -e $(CONFIG) || $(BIN)/pyengine init $(dir $(CONFIG))
	$(BIN)/pyengine serve $(CONFIG)

test: $(TOOLS) ## Run the tests: Rust, then Python (all but the long campaigns)
	cargo test --workspace --features engine_core/dbn --quiet
	$(BIN)/python -m pytest -n auto -m "not long"

# The tests of the operator's page are skipped where this is not possible.
browser: ## Install Debian's Chromium, in which the operator's page is tested
	command -v chromium >/dev/null || apt-get install --yes --quiet chromium || echo "no Chromium, and apt-get can not install it here"

test-long: $(TOOLS) browser ## Run the long campaigns too: wide differential runs, full-size flows
	$(BIN)/python -m pytest -n auto -m long

lint: $(TOOLS) ## Check formatting, lints and types of both languages
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --features engine_core/python,engine_core/dbn -- --deny warnings
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python engine_core/vocabulary --check

# Not after a build: what it writes may be what the core waits for to build.
vocabulary: $(BIN)/ruff ## Write anew what repeats engine_core/vocabulary/vocabulary.toml
	$(BIN)/python engine_core/vocabulary

docs: build ## Write the reference of the Python API into site/, to be opened in a browser
	$(INSTALL) '.[docs]'
	$(BIN)/pdoc --output-directory site $(DOCUMENTED)

bench: build-dbn ## Measure everything, print a table, write bench/results/ (minutes; leave the machine alone)
	$(INSTALL_WITH_DBN) '.[bench]'
	$(BIN)/python -m bench

clean: ## Remove what was built
	rm -rf $(VENV) target pyengine/*.so bench/results site
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
