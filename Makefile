# What a developer does here; `make help` prints the list from the ## comments.
SHELL := /bin/bash
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

# Ansible refuses to start where the locale is not UTF-8.
export LC_ALL := C.UTF-8
export PATH := $(CURDIR)/.venv/bin:$(PATH)

PYTEST := pytest -n $(shell nproc) --dist load --maxschedchunk 1
PLUGINS := $(wildcard plugins/*/*.py filter_plugins/*.py)
LINTERS := ruff-check ruff-format mypy yamllint ansible-lint

.PHONY: help
help: ## Print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: demo
demo: env-run ## Build the demo branch, apply, break and repair it; prints what was proved
	@python -m trunkline.lab.demo build/demo

# The slow tests come first, so that the quick ones fill the other core while they last.
.PHONY: test
test: env containers ## Run all tests: lint, unit, contract, Molecule, the demo
	@$(PYTEST) --durations=8 $(wildcard $(addprefix tests/,molecule lab lint contract replay)) tests

.PHONY: lint
lint: env ## Check Python, YAML and Ansible: ruff, mypy, yamllint, ansible-lint
	@$(MAKE) --keep-going --jobs=2 --output-sync $(LINTERS)

.PHONY: unit
unit: env ## Run the unit tests: pure, seconds
	@$(PYTEST) tests/unit

.PHONY: contract
contract: env ## Run the drivers against virtual devices, with faults
	@$(PYTEST) tests/contract

.PHONY: molecule
molecule: env containers ## Run the Molecule scenarios: each role against boxes in a container
	@$(PYTEST) tests/molecule

.PHONY: lab
lab: env-run ## Start the demo branch's boxes and keep them for play
	@trunkline lab up --estate inventories/lab

.PHONY: bench
bench: env ## Measure plan and remediation against their peers, in one run
	@python -m tests.bench.plan

.PHONY: expected
expected: env ## Rewrite tests/expected from the example estate; read the diff before you commit it
	@python -m tests.expected

.PHONY: env
env: ## Make .venv for development from the lock (the demo makes its smaller part)
	@setup/environment.sh dev

.PHONY: lock
lock: ## Resolve pyproject.toml into requirements/ again
	@setup/lock.sh

.PHONY: clean
clean: ## Remove all that the other targets made, .venv and container images as well
	@rm -rf .venv build .ansible .mypy_cache .ruff_cache .pytest_cache .hypothesis
	@if command -v podman >/dev/null; then podman images -q localhost/trunkline-boxes | xargs -r podman rmi -f; fi

.PHONY: env-run containers
env-run:
	@setup/environment.sh run

containers: env
	@setup/containers.sh

.PHONY: $(LINTERS)
ruff-check:
	ruff check

ruff-format:
	ruff format --check

mypy:
	mypy src $(PLUGINS)

yamllint:
	yamllint --strict .

ansible-lint:
	ansible-lint
