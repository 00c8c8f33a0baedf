# Each target is one script or one command; run them by hand as well. `make` alone lists the targets.

SWIFT_SOURCES := Package.swift Sources Tests

.PHONY: help demo test build release benchmark format lint clean

help: ## Say what each target does
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 20

demo: ## Install what is needed, build, run the events benchmarks on a small local model
	@scripts/demo

test: ## Install what is needed, build, run every test
	@scripts/test

build: ## Debug build of everything, tests included
	@scripts/setup
	swift build --build-tests

release: ## Optimised build: .build/release/llmbench
	@scripts/setup
	swift build -c release --product llmbench

benchmark: release ## Measure llmbench against its peers (Benchmarks/README.md)
	@Benchmarks/run

format: ## Format the Swift sources in place
	swift format format --in-place --parallel --recursive $(SWIFT_SOURCES)

lint: ## Check the Swift sources' format, and the scripts where shellcheck is installed
	@scripts/lint

clean: ## Remove what builds, the demo and the environments left
	@if [ -e .demo/local-model.pid ]; then scripts/local-model stop; fi
	rm -rf .build .build-* .venv .venv-bench .venv-clients .demo
