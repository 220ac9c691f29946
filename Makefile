# The four commands of this project. Each sets up what it needs.
PYTHON ?= python3
PORT ?= 8807
BIN := .venv/bin
READY := .venv/.ready

.PHONY: run test bench check check-long setup messages

setup: $(READY)

# uv is quick; where it cannot be had, pip installs the same hashes
$(READY): requirements-dev.txt assessor/translations/en/LC_MESSAGES/messages.po
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv \
	  && $(BIN)/uv pip install --quiet --require-hashes --python $(BIN)/python -r requirements-dev.txt \
	  || $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	$(BIN)/python -c "import pathlib, site; pathlib.Path(site.getsitepackages()[0], 'assessor-here.pth').write_text(str(pathlib.Path.cwd()))"
	$(BIN)/pybabel --quiet compile --directory assessor/translations --domain messages
	touch $(READY)

# migrate, load the demonstration on the first start, serve
run: $(READY)
	$(BIN)/python -m assessor db upgrade
	$(BIN)/python -m assessor demo
	$(BIN)/python -m assessor serve --port $(PORT)

# lint, types, contracts, tests on SQLite and on PostgreSQL, browser tests
test: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/pytest -m "not browser and not slow" -n 2
	ASSESSOR_TEST_DATABASE=postgresql $(BIN)/pytest -m "not browser and not slow" -n 2 tests/assessor tests/reliability
	$(BIN)/pytest -m "browser and not slow" -n 2 --dist loadfile --no-loadscope-reorder

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

# a table of figures, each with its yardstick from the same run
bench: $(READY)
	$(BIN)/python -m tests.bench

# what is too long for every change; what cannot be tested here is listed at the end, with what to install
check-long: $(READY)
	$(BIN)/uv pip install --quiet --require-hashes --python $(BIN)/python -r requirements-dev.txt -r requirements-oscal.txt \
	  || $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt -r requirements-oscal.txt
	$(BIN)/pytest -m slow -rs
	ASSESSOR_TEST_DATABASE=postgresql $(BIN)/pytest -m slow tests/reliability

# every text of the interface into the catalogue; then fill in what has no English yet
messages: $(READY)
	mkdir -p build
	$(BIN)/python -m babel.messages.frontend --quiet extract --mapping assessor/translations/extraction.cfg \
	  -k Sentence -k sentence -k lazy_gettext -k _l -k N_ -k _wrong --no-location --no-wrap \
	  --sort-output --output build/messages.pot assessor standards checklists evidence_store
	$(BIN)/python -m babel.messages.frontend --quiet update --input-file build/messages.pot \
	  --output-dir assessor/translations --locale en --no-fuzzy-matching --ignore-obsolete --no-wrap \
	  --ignore-pot-creation-date
	$(BIN)/pybabel --quiet compile --directory assessor/translations --domain messages
	touch $(READY)
