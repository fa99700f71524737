# Bellwether. `make help` lists what there is.
SHELL := /bin/bash
.DEFAULT_GOAL := help

PACKAGES := libsqlite3-dev zlib1g-dev libzip-dev libyaml-dev libssl-dev libwebsockets-dev libcurl4-openssl-dev pkg-config
STAMP    := .build/setup.stamp
# Tests with real sockets and time limits, run one at a time: beside hundreds of others nothing would be in time.
ON_THE_WIRE := NetworkingTests|ServerTests|ServedHomeTests|TransportTests|AlertDeliveryTests
BINARY   := .build/release/bellwether

.PHONY: help setup run test test-heavy test-clients bench check format clean build

help: ## What can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Install the C libraries that are missing, and say which
	@Scripts/setup.sh $(PACKAGES)
	@Scripts/charts.sh

build: setup ## Build the release binary
	@swift build -c release --product bellwether

run: build ## Start the desk on the simulated market (paper; Ctrl-C ends it)
	@$(BINARY) run $(ARGS)

test: setup ## Run every test a user should see pass
	@swift build --build-tests
	@swift test --skip-build --skip '$(ON_THE_WIRE)'
	@swift test --skip-build --no-parallel --filter '$(ON_THE_WIRE)'

test-heavy: setup ## Long crash and chaos runs
	@swift build -c release --product bellwether
	@BELLWETHER_HEAVY=1 swift test --skip '$(ON_THE_WIRE)'
	@BELLWETHER_HEAVY=1 swift test --skip-build --no-parallel --filter '$(ON_THE_WIRE)'

test-clients: setup ## Check the release binary with programs of others, a browser among them
	@Scripts/clients.sh

bench: setup ## Measure; prints a table, writes Benchmarks/out/latest.json (ONLY=engine for a part)
	@Scripts/bench.sh $(ONLY)

check: setup ## Format, determinism and size rules
	@Scripts/check.sh

format: ## Format every Swift file
	@swift format -i -r Package.swift Sources Tests Benchmarks

clean: ## Remove what was built
	@rm -rf .build Benchmarks/.build Benchmarks/out
