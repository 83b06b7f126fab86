# Everything a reader, a contributor or a maintainer does. `make help` lists it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
LIBRARIES := $(VENV)-libraries
LOCKING := $(VENV)-lock
PIP := -m pip install --quiet --disable-pip-version-check
LOCKED := $(PIP) --only-binary :all: --require-hashes --requirement
OURS := $(PIP) --only-binary :all: --no-build-isolation --editable
KB := $(BIN)/python -m kb
FORMS := $(filter-out %/config.yml,$(wildcard .github/ISSUE_TEMPLATE/*.yml))
BIOME := node_modules/@biomejs/cli-*/biome
export NO_MKDOCS_2_WARNING := 1
.DEFAULT_GOAL := help
.PHONY: help ready runtime site serve test test-code test-site test-forge test-lab test-libraries check annotate links-look links-changed change answer offer release release-publish chores links-publish pages-setting draws-report hygiene bench format lock browser clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

ready: $(VENV)/site.ready ## set up, no more: then `make check` takes a second, and .venv/bin/kb is there

site: $(VENV)/site.ready runtime ## set up and build the site into site/
	$(KB) build

serve: $(VENV)/site.ready runtime ## show the site; pages reload when they change
	$(KB) serve

test: check ## set up and pass the tests: catalogue, code, lab (a few minutes)
	$(MAKE) --no-print-directory --jobs 2 hygiene test-code

check: $(VENV)/site.ready ## check the catalogue
	$(KB) check
	$(KB) fmt --check

annotate: $(VENV)/site.ready ## check the catalogue, findings as annotations of a pull request
	$(KB) check --fmt --format github

links-look: $(VENV)/site.ready ## look at all links and remember what was seen (a part of them: make links-look SHARD=2/4)
	$(KB) links check --archive --shard $(or $(SHARD),1/1) || [ $$? = 1 ]

links-changed: $(VENV)/site.ready ## look at the links that a merge brings in, findings as annotations (a branch: make links-changed SINCE=main)
	$(KB) links check --changed-since "$(or $(SINCE),HEAD^1)" --format github

change: $(VENV)/site.ready ## write down what a merge changes, for the comment on its pull request
	KB="$(KB)" .ci/pack_change

answer: ## comment on a pull request what it changes, from what `make change` wrote (in the job *answer*)
	.ci/answer_change

offer: $(VENV)/site.ready ## offer what an issue form asks for as a pull request (in the job *offer*)
	KB="env -u GH_TOKEN $(KB)" .ci/offer_issue

release: $(VENV)/site.ready ## write a release of the data into build/release/
	rm -rf build/release
	$(KB) release build/release

release-publish: ## publish build/release/ on GitHub, with its tag
	.ci/publish_release

chores: $(VENV)/site.ready ## keep an issue for each sort of chore, and offer moved links (in the job *chores*)
	KB="env -u GH_TOKEN $(KB)" .ci/keep_chores

links-publish: $(VENV)/site.ready ## join the ledgers of all parts and offer the result on GitHub
	KB="env -u GH_TOKEN $(KB)" .ci/publish_links

pages-setting: ## say which setting is missing when the site cannot be deployed (in the job *site*)
	.ci/tell pages

draws-report: $(VENV)/site.ready ## run all snippets on a fresh draw and keep an issue on what falls (a certain one: make draws-report DRAW=7)
	KB="env -u GH_TOKEN $(KB)" DRAW=$(DRAW) .ci/report_draws

hygiene: $(VENV)/test.ready $(VENV)/biome.ready ## check format, lint, types, import layers and workflows
	$(BIN)/ruff format --quiet --check
	$(BIN)/ruff check --quiet --output-format concise
	$(BIOME) ci --error-on-warnings
	$(BIN)/lint-imports
	$(BIN)/check-jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml
	$(BIN)/check-jsonschema --builtin-schema vendor.github-issue-forms $(FORMS)
	$(BIN)/check-jsonschema --builtin-schema vendor.dependabot .github/dependabot.yml
	$(BIN)/zizmor --offline --no-progress --quiet .github
	$(BIN)/mypy

test-code: $(VENV)/test.ready $(VENV)/biome.ready browser runtime ## run the tests of the code, ten snippets in Chromium among them
	$(BIN)/python -m pytest -n auto --dist worksteal

test-site: $(VENV)/test.ready $(VENV)/biome.ready browser runtime ## build the site and read it in Chromium
	$(BIN)/python -m pytest -n auto --dist worksteal -m "site and not lab"

test-forge: $(VENV)/test.ready ## run the scripts of the workflows against a stand-in for GitHub
	$(BIN)/python -m pytest -n auto --dist worksteal -m "forge and not lab"

test-lab: $(VENV)/test.ready $(VENV)/biome.ready browser runtime ## run the long tests: every snippet in Chromium, on fresh draws, with its experiments
	$(BIN)/python -m pytest -n auto --dist worksteal -m lab
	$(BIN)/python -m pytest -m budget

test-libraries: $(LIBRARIES)/ready ## run the techniques' code with today's libraries (PyTorch and others, some gigabytes)
	$(LIBRARIES)/bin/python -m kb snippets run --libraries --limit 180

bench: $(VENV)/test.ready browser runtime ## measure, and write docs/benchmarks.md (some only: make bench GROUPS="check build")
	$(BIN)/python -m tests.bench $(GROUPS)

format: $(VENV)/test.ready $(VENV)/biome.ready ## write catalogue, generated files and code in their canonical form
	$(KB) fmt
	$(KB) schema
	$(BIN)/ruff check --quiet --fix --exit-zero
	$(BIN)/ruff format --quiet
	$(BIOME) check --write

lock: $(LOCKING)/ready ## write the locks again, after a change of pyproject.toml (newer releases, too: make lock LOCK=--upgrade)
	PATH="$(LOCKING)/bin:$$PATH" PYTHON=$(LOCKING)/bin/python .ci/lock $(LOCK)

runtime: $(VENV)/site.ready ## fetch Python for the browser, once; without it the site is built without Run buttons
	@$(KB) runtime || true

browser: ## find a Chromium for the browser tests, or install it where that is possible
	@sh tests/browser/find_chromium.sh

clean: ## delete what was built
	rm -rf site build node_modules $(VENV) $(LIBRARIES) $(LOCKING)

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; say which: make PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/site.ready: requirements/site.txt pyproject.toml | $(VENV)/bin/python
	$(BIN)/python $(LOCKED) $<
	@rm -rf kb.egg-info  # of an older set-up: Python would read its entry points before ours
	$(BIN)/python $(OURS) . --no-deps
	@touch $@

$(VENV)/test.ready: requirements/test.txt $(VENV)/site.ready
	$(BIN)/python $(LOCKED) $<
	@touch $@

$(VENV)/biome.ready: package-lock.json .npmrc $(VENV)/site.ready
	PYTHON=$(BIN)/python .ci/npm ci --ignore-scripts --no-audit --no-fund --silent
	@touch $@

$(LIBRARIES)/ready: requirements/libraries.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 12))' || { echo "The libraries need Python 3.11 or 3.12; say which: make test-libraries PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv $(LIBRARIES)
	$(LIBRARIES)/bin/python $(PIP) --constraint $< setuptools
	$(LIBRARIES)/bin/python $(OURS) ".[libraries]" --constraint $<
	@touch $@

$(LOCKING)/ready: requirements/lock.txt
	$(PYTHON) -m venv $(LOCKING)
	$(LOCKING)/bin/python $(LOCKED) $<
	@touch $@
