# The errands of this repository. `make` alone lists them; each one sets up what it needs by itself.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help setup demo test test-ha check bench mutants soak clean

help: ## this list
	@echo "winddown: make TARGET [ARGS=...]"
	@echo
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  %-9s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

setup: $(READY) ## make .venv with everything in it (the other targets do this themselves)

$(READY): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "winddown needs Python 3.11 or newer, and '$(PYTHON)' is not. Name another: make PYTHON=python3.13 setup" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "'$(PYTHON)' cannot make virtual environments. On Debian and Ubuntu: sudo apt install python3-venv" >&2; exit 1; }
	@echo "Setting up $(VENV): a minute, once."
	@$(BIN)/python -c 'import pip' 2>/dev/null || $(PYTHON) -m venv --clear $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@

demo: $(READY) ## a whole evening in about a minute (ARGS="--language nl" for Dutch)
	@$(BIN)/winddown demo $(ARGS)

test: $(READY) ## the tests (ARGS="-k calendar" for some)
	@$(BIN)/python -m pytest -q $(ARGS)

test-ha: $(READY) ## against a real Home Assistant (HOME_ASSISTANT_LAB names the folder that starts one)
	@test -n "$(HOME_ASSISTANT_LAB)" || { \
	  echo "HOME_ASSISTANT_LAB=FOLDER make test-ha: a folder with home_assistant.sh (start PORT, stop) and home_assistant.py" >&2; exit 2; }
	@HOME_ASSISTANT_LAB="$(HOME_ASSISTANT_LAB)" $(BIN)/python -m pytest -q tests/ha_real $(ARGS)

check: $(READY) ## ruff, mypy --strict, and the rules of the house
	@echo "ruff"   && $(BIN)/ruff check --quiet .
	@echo "format" && $(BIN)/ruff format --quiet --diff .
	@echo "mypy"   && $(BIN)/mypy --no-error-summary
	@echo "house"  && $(BIN)/python -m pytest -q tests/test_house.py

bench: $(READY) ## latency, drift, memory, start-up and evenings a second (wants mosquitto)
	@PYTHONPATH=tests $(BIN)/python -m bench $(ARGS)

mutants: $(READY) ## plant bugs, one at a time, and see that the promises catch each
	@PYTHONPATH=tests $(BIN)/python -m mutants $(ARGS)

soak: $(READY) ## kill it, flood it, cut it off: half an hour (ARGS="kills hangs" for some; wants mosquitto)
	@PYTHONPATH=.:tests $(BIN)/python -m soak $(ARGS)

clean: ## away with .venv, caches and builds; never with a configuration or a journal
	@rm -rf $(VENV) build dist *.egg-info .hypothesis .mypy_cache .pytest_cache .ruff_cache
	@find . -name .git -prune -o -name __pycache__ -type d -prune -exec rm -rf {} +
