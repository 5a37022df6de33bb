# The two commands of the README: make demo, make test. The rest is for those who work here.

PYTHON ?= python3
PORT ?= 5000
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo setup test trust check bench relevance mutants lock css clean

demo: setup
	$(BIN)/connectdo sample --if-empty
	$(BIN)/connectdo serve --port $(PORT)

setup: $(VENV)/.installed

$(VENV)/.installed: requirements.txt requirements-meaning.txt setup.cfg pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --no-deps --require-hashes -r requirements-meaning.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/.installed-dev: requirements-dev.txt $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.txt
	touch $@

test: $(VENV)/.installed-dev
	$(BIN)/python -m tests.on_both_databases

# Faults done to a real site at length: some quarter of an hour. Run it as root for the full disk.
trust: $(VENV)/.installed-dev
	CONNECTDO_TRUST=full $(BIN)/python -m tests.on_both_databases -s tests/trust

check: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/bandit --quiet --recursive --configfile pyproject.toml connectdo

bench: $(VENV)/.installed-bench
	$(BIN)/python -m benchmarks.search

# How often what people say of their lives finds what a good signposter would offer first.
relevance: $(VENV)/.installed-dev
	$(BIN)/python -m benchmarks.relevance.sample

$(VENV)/.installed-bench: benchmarks/requirements.txt $(VENV)/.installed-dev
	$(BIN)/python -m pip install --quiet --require-hashes -r benchmarks/requirements.txt
	touch $@

# Is every line of what decides who may see whom held by a test? Some minutes.
mutants: $(VENV)/.installed-mutants
	CONNECTDO_TEST_INSTALLATION=$$(mktemp -d) nice -n 10 $(BIN)/mutmut run
	$(BIN)/mutmut results

$(VENV)/.installed-mutants: tests/mutants/requirements.txt $(VENV)/.installed-dev
	$(BIN)/python -m pip install --quiet --require-hashes -r tests/mutants/requirements.txt
	touch $@

lock:
	uv pip compile --universal --python-version 3.11 --no-deps --generate-hashes --no-emit-index-url --no-header requirements-meaning.in -o requirements-meaning.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header requirements.in -o requirements.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header requirements-dev.in -o requirements-dev.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header tests/mutants/requirements.in -o tests/mutants/requirements.txt

css:
	cd assets && npm install && npm run css

clean:
	rm -rf $(VENV)
