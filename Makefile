# What people and CI run. Everything happens in .venv, which the first command makes.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready

.PHONY: demo crawl export test test-all check format bench lock audit clean

demo: $(READY)  ## crawl the bundled demo web and publish it
	$(BIN)/symposia demo

crawl: $(READY)  ## crawl every verified source, then write the export
	$(BIN)/symposia crawl; status=$$?; $(BIN)/symposia export --out data/export && exit $$status

test: $(READY)  ## all tests but those that are marked as slow
	$(BIN)/python -m pytest -n auto --dist worksteal -m "not slow"

test-all: test  ## these, then the slow ones
	$(BIN)/python -m pytest -n auto --dist worksteal -m slow

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: $(READY)  ## requirements.lock anew: what Symposia needs, for all platforms, by hashes
	@$(BIN)/python -m ensurepip >/dev/null
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --extra serve --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header --quiet --upgrade --output-file requirements.lock

audit: $(READY)  ## known vulnerabilities of what is locked; asks for them over the network
	@$(BIN)/python -m ensurepip >/dev/null
	$(BIN)/python -m pip install --quiet pip-audit
	$(BIN)/pip-audit --requirement requirements.lock --no-deps --disable-pip

bench: $(READY)  ## the figures of README's performance section
	$(BIN)/python benchmarks/crawl.py
	$(BIN)/python benchmarks/recrawl.py
	$(BIN)/python benchmarks/when.py
	$(BIN)/python benchmarks/listings.py
	$(BIN)/python benchmarks/topics.py
	$(BIN)/python benchmarks/facts.py
	$(BIN)/python benchmarks/dedupe.py 10000 100000
	$(BIN)/python benchmarks/export.py
	$(BIN)/python benchmarks/serve.py
	$(BIN)/python benchmarks/page.py

clean:
	rm -rf .venv build dist data/store data/export data/demo-export

$(READY): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Symposia needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) --version 2>&1). Try: make PYTHON=python3.11 $(MAKECMDGOALS)" >&2; exit 1; }
	@if command -v uv >/dev/null 2>&1; then \
		uv venv --quiet --allow-existing --python $(PYTHON) .venv && uv pip install --quiet --python $(BIN)/python --editable '.[dev]'; \
	else \
		$(PYTHON) -m venv .venv || { echo "python3 -m venv does not work here; on Debian: apt install python3-venv" >&2; exit 1; }; \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'; \
	fi
	@touch $(READY)
