.DEFAULT_GOAL := help
.PHONY: setup build demo test lint format clean help

setup: ## Install what building and running needs and this machine lacks
	@scripts/setup

build: ## Build the command, optimised: .build/release/bellwether
	swift build -c release --product bellwether

demo: ## Load an invented company's nights and ask about its quarter
	@scripts/demo

test: ## Check format and imports, build without warnings, run every test
	@scripts/test

lint: ## Check format and imports
	@scripts/lint

format: ## Format the Swift sources in place
	swift format --in-place --recursive --parallel Package.swift Plugins Sources Tests

clean: ## Remove what the build made
	swift package clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
