# What there is to do here. `make` alone lists it.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

# Clippy, tests and rustdoc take the same packages with the same features, so that SQLite is compiled once for all.
EVERYTHING := --workspace --all-features --locked
# Where the real data sets of the tests and of the sales report are; `none` leaves the tests on them out.
CRMKIT_DATA ?= ../shared/data
export CRMKIT_DATA := $(if $(filter none,$(CRMKIT_DATA)),none,$(abspath $(CRMKIT_DATA)))

.PHONY: help demo test toolchain format lint unit-tests docs boundaries python stubs pages audit sales-report

help: ## list the commands
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

demo: ## make demo.db with a company to look at, its board, and report.html with its charts
	@cargo run --quiet --locked --example crmkit -- demo --file demo.db --replace --report report.html

test: toolchain format lint unit-tests docs boundaries python ## everything there is to test
	@echo "make test: all passed"

toolchain: ## check that what the tests need is installed
	@scripts/check-toolchain

format: toolchain
	cargo fmt --all --check

lint: toolchain
	cargo clippy $(EVERYTHING) --all-targets -- --deny warnings

unit-tests: toolchain ## unit tests, integration tests and the code in the documentation
	cargo test $(EVERYTHING) --no-fail-fast

docs: toolchain ## the pages of the public API, without a warning
	RUSTDOCFLAGS="--deny warnings" cargo doc $(EVERYTHING) --no-deps

boundaries: toolchain ## crm-core alone pulls in no database and no binding
	@scripts/check-boundaries

python: toolchain ## the Python package: the wheel, installed, with its tests, documentation and types
	@scripts/test-python

stubs: toolchain ## write the stubs of the Python package that follow from the kinds of records
	@environment=$$(scripts/python-environment) && cd bindings/python && \
		"../../$$environment/bin/python" scripts/write_stubs.py python/crmkit

pages: toolchain ## write the pages of docs/ that follow from the code
	CRMKIT_WRITE_PAGES=1 cargo test --quiet --locked --test pages

audit: toolchain ## licences, banned crates and sources of every dependency
	@scripts/audit

sales-report: ## the numbers of a company of 8,800 opportunities, from its CSV files
	cargo run --quiet --release --locked --example sales_report -- "$(CRMKIT_DATA)/maven_crm"
