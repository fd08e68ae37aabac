# Everything Pullcord needs is made here, inside this folder; `make help` lists the targets.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-builtin-rules

ARCHITECTURE ?= arm64
PORT ?= 8080
export ARCHITECTURE PORT DEMO_ONCE

export AWS_EC2_METADATA_DISABLED := true
export SAM_CLI_TELEMETRY := 0
export UV_PYTHON_DOWNLOADS := never
# The certificates of the machine, so that a company's own authority counts.
export UV_SYSTEM_CERTS := true

UV := $(or $(shell command -v uv),$(CURDIR)/.uv/bin/uv)
PYTHON := .venv/bin/python
SAM := PATH="$(CURDIR)/.venv/bin:$(PATH)" UV="$(UV)" AWS_DEFAULT_REGION="$${AWS_DEFAULT_REGION:-eu-central-1}" .venv-sam/bin/sam
SOURCES = layers/core $(dir $(wildcard functions/*/handler.py)) $(wildcard local)

# Prints the path of a Python 3.13: from pyenv, from uv, or from PATH.
FIND_PYTHON := for candidate in "$${PYENV_ROOT:-$$HOME/.pyenv}"/versions/3.13*/bin/python3.13 \
	"$${XDG_DATA_HOME:-$$HOME/.local/share}"/uv/python/cpython-3.13*/bin/python3.13 python3.13 python3; do \
	"$$candidate" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 13))' 2>/dev/null && command -v "$$candidate" && exit; \
	done; echo 'Pullcord needs Python 3.13 and found none. Install it, for example: pyenv install 3.13' >&2; exit 1

##@ Use
.PHONY: help demo
help: ## list the targets
	@awk 'BEGIN {FS = ":.*## "} /^##@/ {printf "\n%s\n", substr($$0, 5)} /^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: setup ## start everything locally and trigger a pipeline (PORT=8080, DEMO_ONCE=1 to stop after it)
	@exec .venv/bin/pullcord demo

##@ Work
.PHONY: setup test lint types unit performance corpus roles events
setup: .venv/.installed ## install Python packages into .venv
	@:

SUITE = -m pytest -m "not built and not docker and not performance and not roles"

# In two processes at once: what needs a running service, and the rest. Services of one process must not be mixed.
test: setup lint types ## check style and types, run every test that needs no Docker, and tell their coverage
	@mkdir -p .cache; $(PYTHON) -m coverage run $(SUITE) --ignore=tests/e2e & rest=$$!; \
	$(PYTHON) $(SUITE) tests/e2e >.cache/e2e.log 2>&1 && e2e=0 || e2e=$$?; \
	wait $$rest && rest=0 || rest=$$?; cat .cache/e2e.log; \
	$(PYTHON) -m coverage report >.cache/covered.txt && covered=0 || covered=$$?; \
	echo "lines and branches that the tests outside tests/e2e take, in percent; each file in .cache/covered.txt:"; \
	grep -E 'TOTAL|fail' .cache/covered.txt; exit $$((rest | e2e | covered))

lint: setup ## check style
	@.venv/bin/ruff check --quiet
	@.venv/bin/ruff format --check --quiet

types: setup ## check types
	@.venv/bin/mypy --no-error-summary $(SOURCES)

unit: setup ## run the unit tests, in two processes at once
	@$(PYTHON) $(SUITE) --quiet --numprocesses 2 tests/unit

performance: setup ## run the tests that measure time
	@$(PYTHON) -m pytest -m performance

roles: setup ## take each statement of each role away and see a call denied (two minutes)
	@$(PYTHON) -m pytest -m roles tests/integration/roles

events: setup ## write events/ anew from requests of real clients
	@$(PYTHON) -m tests.specimens.events

corpus: setup ## compile every configuration below a folder and report (DIR=folder)
	@$(PYTHON) -m pullcord_local.explain.corpus "$(DIR)"

##@ Deploy
.PHONY: build package sam-local container validate
# SAM's cache knows the sources but not the parameters: after a build for the other processor, it takes what is old.
build: setup .venv-sam/.installed ## build layers and functions (ARCHITECTURE=arm64 or x86_64)
	@test "$$(cat .aws-sam/architecture 2>/dev/null)" = "$(ARCHITECTURE)" || rm -rf .aws-sam
	@$(SAM) build --cache-dir .aws-sam/cache --parameter-overrides Architecture=$(ARCHITECTURE)
	@echo "$(ARCHITECTURE)" >.aws-sam/architecture

package: build ## build, and open the result as Lambda would (ARCHITECTURE as above)
	@$(PYTHON) -m pytest -m built tests/packaging

sam-local: ## build for x86_64 and serve it by `sam local start-api` on port 3000 (needs a Docker engine)
	@$(MAKE) --no-print-directory build ARCHITECTURE=x86_64
	@$(PYTHON) -m tests.docker.sam_local

container: ## build for x86_64 and test it by `sam local` in containers (needs a Docker engine)
	@$(MAKE) --no-print-directory build ARCHITECTURE=x86_64
	@$(PYTHON) -m pytest -m docker

validate: setup .venv-sam/.installed .venv-checkov/.installed ## check the template
	@$(SAM) validate --lint
	@.venv-checkov/bin/checkov --config-file .checkov.yaml --file template.yaml --skip-download

##@ Keep
.PHONY: lock clean
LOCK = cd $(CURDIR) && "$(UV)" pip compile --quiet --upgrade --python $(PYTHON) --generate-hashes --no-header \
	--no-emit-index-url --no-annotate

lock: setup ## choose the newest versions of all packages and write them down with their hashes
	@$(LOCK) pyproject.toml --group development --output-file tests/requirements.txt >/dev/null
	@$(LOCK) pyproject.toml --constraint tests/requirements.txt --output-file layers/third_party/requirements.txt >/dev/null
	@$(LOCK) --group sam --output-file tests/sam-requirements.txt >/dev/null
	@$(LOCK) --group checkov --output-file tests/checkov-requirements.txt >/dev/null
	@$(LOCK) --group installer --output-file tests/installer-requirements.txt >/dev/null

clean: ## remove everything that make has made
	rm -rf .venv .venv-sam .venv-checkov .uv .aws-sam .cache .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -prune -exec rm -rf {} +

# The files behind the targets. A virtual environment is changed in place, never rebuilt under a running program.
INSTALL = "$(UV)" pip install --quiet

.uv/bin/uv $(CURDIR)/.uv/bin/uv: tests/installer-requirements.txt
	@python=$$($(FIND_PYTHON)); echo "installing uv"; made=$$(mktemp -d); trap 'rm -rf "$$made"' EXIT; \
	install="-m pip install --quiet --quiet --disable-pip-version-check --require-hashes -r $<"; \
	if "$$python" -m venv "$$made" >/dev/null 2>&1; then "$$made/bin/python" $$install; \
	elif ! "$$python" $$install --target "$$made" --upgrade; then \
		echo "$$python can neither make a virtual environment nor run pip (Debian: install python3-venv)" >&2; exit 1; \
	fi; mkdir -p .uv/bin; mv -f "$$made/bin/uv" .uv/bin/uv; touch .uv/bin/uv

.venv/bin/python .venv-sam/bin/python .venv-checkov/bin/python: | $(UV)
	@test -x $@ || { python=$$($(FIND_PYTHON)); "$(UV)" venv --quiet --clear --python "$$python" $(@D:/bin=); }

.venv/.installed: tests/requirements.txt pyproject.toml layers/core/pullcord/version.py | .venv/bin/python
	@echo "installing packages into .venv"
	@$(INSTALL) --python $(PYTHON) --require-hashes -r tests/requirements.txt
	@$(INSTALL) --python $(PYTHON) --no-deps --no-build-isolation --editable .
	@$(PYTHON) -m compileall -q layers/core local .venv/lib/python3.13/site-packages/yaml .venv/lib/python3.13/site-packages/re2
	@touch $@

.venv-sam/.installed: tests/sam-requirements.txt | .venv-sam/bin/python
	@echo "installing the SAM command line into .venv-sam"
	@$(INSTALL) --python .venv-sam/bin/python --require-hashes -r $<
	@touch $@

.venv-checkov/.installed: tests/checkov-requirements.txt | .venv-checkov/bin/python
	@echo "installing checkov into .venv-checkov"
	@$(INSTALL) --python .venv-checkov/bin/python --require-hashes -r $<
	@touch $@
