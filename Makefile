PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
PYTEST := $(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

.PHONY: run test test-all check install browser clean

install: $(STAMP)

$(STAMP): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[test]'
	$(BIN)/python -m analysis.signal.compiled_functions
	@touch $@

run: install
	$(BIN)/greenroom serve --samples

test: install browser
	$(PYTEST) -m "not long"

# Full simulations, long faults and long browser journeys too: several times as long.
test-all: install browser
	$(PYTEST)

check: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# Puts a Chromium in place where that can be done without asking: Debian's package, as root.
browser:
	@$(PYTHON) tests/browser/install_browser.py

clean:
	rm -rf $(VENV) build dist *.egg-info
