# The commands of the project. Each sets up what it needs in .venv, again only when pyproject.toml has changed.
#
#   make run      extract, align, check and export the example courses
#   make test     run the tests
#   make check    all that CI runs: tests, lint, types

VENV ?= .venv
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check

# The first Python on the PATH that is new enough; PYTHON=… chooses another.
PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && echo $$name && break; done)

.PHONY: run test lint types check format docs messages images specs fuzz bench clean

run: $(VENV)/installed
	$(BIN)/python -m pipeline run

test: $(VENV)/installed-dev
	$(BIN)/python -m pytest -n auto

lint: $(VENV)/installed-dev
	$(BIN)/python -m ruff check
	$(BIN)/python -m ruff format --check

types: $(VENV)/installed-dev
	$(BIN)/python -m mypy

check: test lint types

format: $(VENV)/installed-dev
	$(BIN)/python -m ruff check --fix --exit-zero
	$(BIN)/python -m ruff format

docs: $(VENV)/installed
	$(BIN)/python docs/generate.py
	$(BIN)/python docs/transcripts.py

# The Chinese messages of bilect itself: what the code says into the template, from there into the catalog for whoever
# translates, and what is translated into the file that bilect reads.
messages: $(VENV)/installed
	$(BIN)/python docs/messages.py --template
	$(BIN)/python -m pipeline merge pipeline/locale/zh_CN/LC_MESSAGES/bilect.po pipeline/locale/bilect.pot \
		-o pipeline/locale/zh_CN/LC_MESSAGES/bilect.po
	$(BIN)/python docs/messages.py

# The pictures of the README, from the example course.
images: $(VENV)/installed
	$(BIN)/python -m pipeline export map source_docs/mit-ml-for-healthcare/course.zh.md -o docs/images/alignment-map.svg
	$(BIN)/python docs/picture.py

# The specifications that tests/test_identity.py and test_report_forms.py read, from the sources of packages that carry them.
specs: $(VENV)/created
	$(BIN)/python -m pip download --quiet --disable-pip-version-check --no-deps --no-binary marko -d .bilect/specs marko==2.2.4
	tar -xzf .bilect/specs/marko-2.2.4.tar.gz -C .bilect/specs --strip-components=3 marko-2.2.4/tests/spec
	$(BIN)/python -m pip download --quiet --disable-pip-version-check --no-deps --no-binary sarif_pydantic -d .bilect/specs sarif_pydantic==0.6.2
	tar -xzf .bilect/specs/sarif_pydantic-0.6.2.tar.gz -C .bilect/specs --strip-components=1 sarif_pydantic-0.6.2/sarif-schema-2.1.0.json

# Pages made at random, for a while: make fuzz SECONDS=600 SEED=12345
SECONDS ?= 60
SEED ?= 1
fuzz: $(VENV)/installed-dev
	$(BIN)/python tests/fuzz/fuzz_pages.py $(SECONDS) $(SEED)

bench: $(VENV)/installed
	@set -e; for script in benchmarks/[!_]*.py; do echo "== $$script"; $(BIN)/python $$script; done

clean:
	rm -rf build dist .bilect .hypothesis .mypy_cache .pytest_cache .ruff_cache $(VENV)
	find pipeline tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/created:
	@test -n "$(PYTHON)" || { echo "bilect needs Python 3.11 or newer, and found none: install one," \
		"or name it: make PYTHON=/path/to/python3.13" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV) || { echo "$(PYTHON) cannot make a virtual environment:" \
		"on Debian and Ubuntu, install python3-venv" >&2; exit 1; }
	@touch $@

# The last step turns the dictionary round into its cache, so that the first run need not.
$(VENV)/installed: pyproject.toml | $(VENV)/created
	$(INSTALL) -e .
	$(BIN)/python -c 'from pipeline.text.lexicon import shared_lexicon; shared_lexicon()'
	@touch $@

$(VENV)/installed-dev: pyproject.toml | $(VENV)/created
	$(INSTALL) -e '.[dev]'
	@touch $@ $(VENV)/installed
