# The errands of this repository. `make` alone lists them; each one sets up what it needs by itself.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
APP    := configs/home-assistant/app

.DEFAULT_GOAL := help
.PHONY: help setup demo test test-ha test-real check bench bench-many mutants app soak clean

help: ## this list
	@echo "winddown: make TARGET [ARGS=...]"
	@echo
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  %-10s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

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
	@PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -q -n 4 --dist worksteal $(ARGS)

test-ha: $(READY) ## against a real Home Assistant, seven minutes (tests/ha_real/README.md says what it wants)
	@test -n "$(HOME_ASSISTANT_LAB)" || { \
	  echo "HOME_ASSISTANT_LAB=FOLDER make test-ha: where Home Assistant is installed, see tests/ha_real/README.md" >&2; exit 2; }
	@HOME_ASSISTANT_LAB="$(HOME_ASSISTANT_LAB)" $(BIN)/python -m pytest -q tests/ha_real $(ARGS)

test-real: $(READY) ## whole evenings with a real Zigbee2MQTT on a simulated radio (tests/real/README.md; wants mosquitto)
	@test -n "$$ZIGBEE2MQTT_LAB" || { \
	  echo "ZIGBEE2MQTT_LAB is not set: it names the folder of the lab. What that is: tests/real/README.md" >&2; exit 2; }
	@test -x "$$ZIGBEE2MQTT_LAB/start.sh" || { \
	  echo "'$$ZIGBEE2MQTT_LAB' holds no start.sh that can be run, so it is no lab. See tests/real/README.md" >&2; exit 2; }
	@PATH="$$PATH:/usr/sbin" command -v mosquitto >/dev/null || { \
	  echo "mosquitto is not installed. On Debian and Ubuntu: sudo apt install mosquitto" >&2; exit 2; }
	@$(BIN)/python -m pytest -q tests/real $(ARGS)

check: $(READY) ## ruff, mypy --strict, and the rules of the house
	@echo "ruff"   && $(BIN)/ruff check --quiet .
	@echo "format" && $(BIN)/ruff format --quiet --diff .
	@echo "mypy"   && $(BIN)/mypy --no-error-summary
	@echo "house"  && $(BIN)/python -m pytest -q tests/test_house.py

bench: $(READY) ## latency, drift, memory, start-up and evenings a second (wants mosquitto)
	@PYTHONPATH=tests $(BIN)/python -m bench $(ARGS)

bench-many: $(READY) ## one to ten thousand rooms in one process, a quarter of an hour (ARGS="--sizes 1,100" for some)
	@PYTHONPATH=tests $(BIN)/python -m bench.many $(ARGS)

mutants: $(READY) ## plant bugs, one at a time, and see that the promises catch each
	@PYTHONPATH=tests $(BIN)/python -m mutants $(ARGS)

app: $(READY) ## put winddown into configs/home-assistant/app, from which Home Assistant builds the app
	@rm -f $(APP)/winddown-*.whl && cp requirements.lock $(APP)/
	@$(BIN)/python -m pip wheel --quiet --disable-pip-version-check --no-deps --wheel-dir $(APP) .
	@echo "$(APP) is complete: copy it into Home Assistant's folder addons, as addons/winddown"

soak: $(READY) ## kill it, flood it, cut it off: half an hour (ARGS="kills hangs" for some; wants mosquitto)
	@PYTHONPATH=.:tests $(BIN)/python -m soak $(ARGS)

clean: ## away with .venv, caches and builds; never with a configuration or a journal
	@rm -rf $(VENV) $(APP)/*.whl $(APP)/requirements.lock build dist *.egg-info .hypothesis .mypy_cache .pytest_cache .ruff_cache
	@find . -name .git -prune -o -name __pycache__ -type d -prune -exec rm -rf {} +
