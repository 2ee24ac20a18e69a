# Everything a fresh clone needs: 'make demo' shows the program, 'make test' runs its tests.
# Both set up .venv from requirements.lock first. PYTHON names the interpreter to set it up with.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.set-up

.DEFAULT_GOAL := help
.PHONY: help setup demo test test-long check docs lock fast bench fuzz clean

help:
	@echo "make demo       set up, read the demo reports and show what they come to"
	@echo "make test       set up and run the tests"
	@echo "make test-long  the tests that take longer"
	@echo "make check      format, lint, types, import contracts, unused code"
	@echo "make docs       write the generated parts of the documentation anew"
	@echo "make fast       a reader compiled to C, in .venv-fast (needs a C compiler)"
	@echo "make bench      run the benchmarks beside their peers"
	@echo "make fuzz       look for inputs that break the reader, SECONDS=600 of them"
	@echo "make lock       resolve requirements.lock anew"
	@echo "make clean      remove what these commands made"

setup: $(STAMP)

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Expected Python 3.11 or newer, got %d.%d - set PYTHON=..." % sys.version_info[:2] or 0)'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

demo: setup
	@$(BIN)/intendance demo

# A worker that crashes is not started anew: with loadfile the run would then wait for ever.
PYTEST = $(BIN)/python -m pytest -q -n auto --dist loadfile --max-worker-restart=0
# The planner's machine code runs in processes of its own, as it does for its users: beside the
# browser's engine and a server's many threads in one process it was seen to end with a fault.
test: setup
	$(PYTEST) --ignore=tests/planning
	$(PYTEST) tests/planning

test-long: setup
	$(BIN)/python -m pytest -q -m long -o faulthandler_timeout=0

check: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/vulture
	$(BIN)/python -m pytest -q tests/docs

docs: setup
	$(BIN)/python tools/docs.py

# uv resolves for every platform at once; it is kept out of the lock and of .venv.
lock:
	$(PYTHON) -m venv .venv-lock
	.venv-lock/bin/python -m pip install --quiet --disable-pip-version-check uv
	.venv-lock/bin/uv pip compile --quiet --universal --python-version 3.11 --extra postgres --extra tables --extra plan --extra exchange --extra forces --extra web --extra cluster --extra dev \
		--generate-hashes --no-header --upgrade -o requirements.lock pyproject.toml
	.venv-lock/bin/uv pip compile --quiet --universal --python-version 3.11 --extra postgres --extra tables --extra plan --extra exchange --extra forces --extra web --extra cluster --extra dev --extra bench \
		-c requirements.lock --generate-hashes --no-header -o requirements-bench.lock pyproject.toml

# The reader compiled by mypyc, in an environment of its own: twice as fast, the same statements.
# It takes a C compiler and some minutes; nothing else needs it. The wheel is left in dist.
fast:
	@command -v cc >/dev/null || { echo "Expected a C compiler (cc), got none - install gcc or clang, or use the plain reader of 'make setup'"; exit 2; }
	@test -x .venv-fast/bin/python || $(PYTHON) -m venv .venv-fast
	.venv-fast/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	.venv-fast/bin/python -m pip install --quiet --disable-pip-version-check setuptools==84.2.1
	rm -rf dist/fast
	HATCH_BUILD_HOOK_ENABLE_CUSTOM=true .venv-fast/bin/python -m pip wheel --quiet --disable-pip-version-check --no-deps --no-build-isolation --wheel-dir dist/fast .
	.venv-fast/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --force-reinstall dist/fast/*.whl
	.venv-fast/bin/python -m pytest -q tests/reading

# The benchmarks with their peers, in an environment of their own; bench/RESULTS.md holds results.
bench:
	@test -x .venv-bench/bin/python || $(PYTHON) -m venv .venv-bench
	.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bench.lock
	.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	.venv-bench/bin/python bench/accuracy.py
	.venv-bench/bin/python bench/heldout.py
	.venv-bench/bin/python bench/reading.py
	.venv-bench/bin/python bench/ledger.py
	.venv-bench/bin/python bench/web.py

# Fuzzing guided by coverage; what it finds lies in .fuzz/found.
SECONDS ?= 600
fuzz:
	@test -x .venv-fuzz/bin/python || $(PYTHON) -m venv .venv-fuzz
	.venv-fuzz/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	.venv-fuzz/bin/python -m pip install --quiet --disable-pip-version-check atheris==3.0.0
	.venv-fuzz/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	.venv-fuzz/bin/python bench/fuzz_reading.py $(SECONDS)

clean:
	rm -rf $(VENV) .fuzz .fast build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache demo-output
