# make demo   sets all up and serves the demonstration     PORT=8123 make demo, ARGS=--no-serve
# make test   sets all up and runs every check
# make help   lists the rest
#
# Needs Python 3.11 or later with its venv module, and no root and no compiler.

.DEFAULT_GOAL := help
.NOTPARALLEL:
.DELETE_ON_ERROR:
.PHONY: help demo test setup lint types walls checks suite bench pictures format advances constraints clean

# The first of these that is new enough; PYTHON=… make demo takes another.
PYTHON := $(or $(PYTHON),$(shell for python in python3 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done))
BIN := .venv/bin
FONTS := argmap/static/argmap/fonts/source-sans-regular.woff2
TEMPLATES := $(wildcard templates)

# What checks and tests find must not hang on anyone's .env.
CHECKED := ENV_FILE=/dev/null DEBUG=1 SECRET_KEY=checks DATABASE_URL= CACHE_URL=
PRODUCTION := ENV_FILE=/dev/null DEBUG=0 ALLOWED_HOSTS=argmap.example DATABASE_URL= CACHE_URL=
# More than four at once gain little: each worker has its own database and its own browser.
PYTEST := $(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 $(ARGS)

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 14

demo: .venv/installed .env $(FONTS) ## set all up and serve the demonstration
	@$(BIN)/python manage.py demo $(ARGS)

test: setup lint types walls checks suite ## set all up and run every check

setup: .venv/installed-dev $(FONTS) ## all that the checks need
	@$(BIN)/python -m tests.browser
	@command -v dot >/dev/null || { test $$(id -u) = 0 && apt-get update -qq && apt-get install -qq -y graphviz; } >/dev/null 2>&1 \
		|| echo 'There is no dot program here: its tests are skipped, those of the Graphviz in the wheel run.'

lint: .venv/installed-dev ## style of code and templates
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(if $(TEMPLATES),$(BIN)/djlint --check $(TEMPLATES))
	$(if $(TEMPLATES),$(BIN)/djlint --quiet --lint $(TEMPLATES))

types: .venv/installed-dev ## mypy
	$(CHECKED) $(BIN)/mypy

walls: .venv/installed-dev ## which room may import which
	$(BIN)/lint-imports

checks: .venv/installed-dev ## Django's own checks, and that no migration is missing
	$(CHECKED) $(BIN)/python manage.py makemigrations --check --dry-run
	$(PRODUCTION) SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(50))') \
		$(BIN)/python manage.py check --deploy --fail-level WARNING

# A page looks the same whatever database is behind it: on the second one browsers drive only what
# several people do at once, which saves a third of the time.
suite: .venv/installed-dev $(FONTS) ## every test on SQLite, and all that hang on a database on PostgreSQL
	DATABASE_URL= $(PYTEST)
	$(BIN)/python -m tests.postgres $(PYTEST) --ignore-glob 'tests/e2e/test_[!t]*.py' --ignore tests/e2e/test_threads.py

bench: .venv/installed-dev $(FONTS) ## the benchmarks, to the screen and var/bench.json
	$(CHECKED) $(BIN)/python -m tests.bench $(ARGS)

pictures: setup ## photograph the demo into docs/pictures/
	$(BIN)/python -m tests.pictures $(ARGS)

format: .venv/installed-dev ## put code and templates in shape
	$(BIN)/ruff check --fix
	$(BIN)/ruff format
	$(if $(TEMPLATES),$(BIN)/djlint --quiet --reformat $(TEMPLATES))

advances: .venv/installed ## the widths of the font's characters, after a new version of it
	$(BIN)/python -m tests.core.advances

constraints: ## pin the newest versions that pyproject.toml allows
	rm -rf .venv
	$(MAKE) .venv/bin/python
	$(BIN)/pip install --quiet --editable '.[dev,redis]'
	{ echo '# The versions that the tests pass with; made by `make constraints`.'; \
		$(BIN)/pip freeze --exclude-editable; } > constraints.txt

clean: ## remove what was made, but neither the database nor .env
	rm -rf .venv .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	rm -rf argmap/static/argmap/fonts var/static
	find . -name __pycache__ -prune -exec rm -rf {} +

.env:
	@$(BIN)/python -c 'import secrets; print(f"SECRET_KEY={secrets.token_urlsafe(50)}\nDEBUG=1")' > $@

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo 'argmap needs Python 3.11 or later, and there is none on the PATH.' >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo 'argmap needs the venv module of $(PYTHON): apt install python3-venv, or the like.' >&2; exit 1; }
	@$(PYTHON) -m venv .venv

# One stamp for each set of packages: nothing is installed again until these files change.
.venv/installed: pyproject.toml constraints.txt | .venv/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	@touch $@

.venv/installed-dev: .venv/installed
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@

$(FONTS): .venv/installed argmap/management/commands/fonts.py
	@$(CHECKED) $(BIN)/python manage.py fonts
	@touch $@
