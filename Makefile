.DEFAULT_GOAL := help
.PHONY: setup build demo test bench bench-scale bench-storage bench-forecast soak fuzz lint format clean help

setup: ## Install what building and running needs and this machine lacks
	@scripts/setup

build: ## Build the command, optimised: .build/release/bellwether
	@scripts/build

demo: ## Load an invented company's nights and ask about its quarter
	@scripts/demo

test: ## Check format and imports, build without warnings, run every test
	@scripts/test

bench: build ## Compare loads with PostgreSQL's COPY and with peers: ROWS=1000000 REPS=3 PEER_LIMIT=600 PEERS=none
	@if [ "$(PEERS)" != none ]; then scripts/peers; fi
	@Benchmarks/nightly.py

bench-scale: build ## Show how time and memory grow: SCALE_ROWS="100000 1000000 10000000"
	@Benchmarks/scale.py

bench-storage: build ## Weigh two years of nights: DEALS=100000 NIGHTS=730
	@Benchmarks/storage.py

bench-forecast: build ## Time the forecast over two years of a million deals: DEALS=1000000 PEOPLE=2000 NIGHTS_LOADED=60
	@if [ "$(PEERS)" != none ]; then scripts/peers; fi
	@Benchmarks/forecast.py

soak: build ## Kill loader and server at random moments: KILLS=200 SERVER_KILLS=20 SEED=…
	@Benchmarks/soak.py

fuzz: ## Fuzz the readers and the mapping's parser: MINUTES=10
	@scripts/fuzz

lint: ## Check format and imports
	@scripts/lint

format: ## Format the Swift sources in place
	swift format --in-place --recursive --parallel Package.swift Plugins Sources Tests

clean: ## Remove what the build made
	swift package clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
