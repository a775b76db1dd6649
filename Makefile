# Two doors: `make demo` opens the board on a believable desk, `make test` runs the tests.
# Both set up everything they need in .venv first; only Python 3.11 to 3.13 has to be there.

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: demo test check format bench picture lock docs clean help

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /\1	/p' Makefile | expand -t 10

demo: $(READY) ## the living board, with a mail server and mail of its own
	@$(BIN)/deskwatch demo

test: $(READY) ## every test
	@$(BIN)/pytest

check: $(READY) ## ruff, mypy strict, the layering, the generated pages
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/pytest -n0 tests/test_layering.py

format: $(READY) ## put the code into its shape
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

docs: $(READY) ## the pages that are made from the code
	@$(BIN)/python -m tui.board.keydoc
	@$(BIN)/python -m store.policy.describe

bench: $(READY) ## the figures of docs/performance.md
	@$(BIN)/python -m bench

picture: $(READY) ## docs/board.png anew: the demo's school on a Tuesday morning
	@$(BIN)/python -m bench.picture

lock: $(READY) ## requirements.lock anew from pyproject.toml: names, versions, hashes
	@$(BIN)/pip install --quiet uv
	@$(BIN)/uv pip compile pyproject.toml --extra demo --group dev --universal \
		--python-version 3.11 --generate-hashes --no-annotate --no-header \
		--upgrade --quiet --output-file requirements.lock

clean: ## forget .venv and caches
	@rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis build *.egg-info

$(READY): requirements.lock pyproject.toml .ci/venv
	@sh .ci/venv $(VENV)
	@touch $@
