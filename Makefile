# Everything a newcomer needs. `make` alone tells what there is.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
FLOORS := bot handlers reminders programme locales
UV     := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-strip-extras \
          --no-emit-index-url --no-emit-find-links --no-header

# One more than there are cores: a test of the browser or of several processes often waits.
WORKERS ?= $(shell expr $$(nproc 2>/dev/null || echo 1) + 1)

.DEFAULT_GOAL := help
.PHONY: help run test check fix lock model catalogs sbom audit clean

help: ## This list
	@awk -F':.*## ' '/^[a-z]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(VENV)/installed ## Serve Sobat on http://127.0.0.1:8080 (a demonstration, or the real bot with TELEGRAM_TOKEN)
	@$(BIN)/sobat run

# What a test process has compiled, those after it read, even where the environment would have it thrown away.
test: $(VENV)/installed-dev ## Run the tests
	@PYTHONDONTWRITEBYTECODE= PYTEST_XDIST_AUTO_NUM_WORKERS=$(WORKERS) $(BIN)/python -m pytest -n auto --dist loadgroup $(ARGS)

check: $(VENV)/installed-dev ## Style, types, floors, catalogs and the lock files; edits nothing
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m locales.catalogs --check
	$(BIN)/python -m bot.app.settings_page --check
	$(BIN)/sobat check
	@! grep -nE '://|--(extra-)?index-url|--find-links' requirements*.lock || (echo 'a lock file holds an address'; exit 1)
	@! git grep -nE '^(<<<<<<<|>>>>>>>) ' || (echo 'a merge was not finished'; exit 1)

fix: $(VENV)/installed-dev ## Put style and catalogs in order
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/python -m locales.catalogs
	$(BIN)/python -m bot.app.settings_page

model: $(VENV)/installed-dev ## Train the understanding anew from its utterances
	$(BIN)/python -m handlers.understanding.train
	$(BIN)/python -m handlers.understanding.train_short_questions

lock: $(VENV)/installed-dev ## Resolve the dependencies anew
	$(BIN)/pip install --quiet uv
	$(UV) --extra build pyproject.toml -o requirements.lock
	$(UV) --extra dev -c requirements.lock pyproject.toml -o requirements-dev.lock

# In an environment of its own: what lists the dependencies is none of them.
sbom: $(VENV)/installed ## List what is installed as CycloneDX, from the lock, in sbom.cdx.json
	@test -x $(VENV)/sbom/bin/cyclonedx-py || ($(PYTHON) -m venv $(VENV)/sbom \
	  && $(VENV)/sbom/bin/pip install --quiet --disable-pip-version-check 'cyclonedx-bom>=7.3,<8')
	$(VENV)/sbom/bin/cyclonedx-py requirements --pyproject pyproject.toml --mc-type application --output-reproducible \
	  --of JSON -o sbom.cdx.json requirements.lock

# In an environment of its own, too. pip-audit asks a service on the network, and says so where it can't.
audit: $(VENV)/installed ## Look for known weaknesses: bandit over the code, pip-audit over the lock
	@test -x $(VENV)/audit/bin/bandit || ($(PYTHON) -m venv $(VENV)/audit \
	  && $(VENV)/audit/bin/pip install --quiet --disable-pip-version-check 'bandit>=1.9,<2' 'pip-audit>=2.9,<3')
	$(VENV)/audit/bin/bandit --quiet --configfile pyproject.toml --recursive $(FLOORS)
	$(VENV)/audit/bin/pip-audit --disable-pip --progress-spinner off --requirement requirements.lock

catalogs: fix

clean: ## Remove what was installed and built
	rm -rf $(VENV) sbom.cdx.json .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage

$(VENV)/installed: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Sobat needs Python 3.11 or newer" if sys.version_info < (3, 11) else 0)'
	@echo "Setting up in $(VENV) (once, a minute or two) ..."
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q $(FLOORS)
	@touch $@

$(VENV)/installed-dev: $(VENV)/installed requirements-dev.lock
	@echo "Setting up the tools for tests and checks ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@
