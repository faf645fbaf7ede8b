# Each target prepares what it needs by itself: packaging/setup.sh.
BIN := $(if $(filter Windows_NT,$(OS)),.venv/Scripts,.venv/bin)
SETUP := sh packaging/setup.sh

DEMO_PICTURE := resources/samples/coffee.png
DEMO_PROMPT := Steam rises slowly from the espresso while the camera glides towards the cup; warm morning light wanders over the saucer, the spoon and the wooden table.

.DEFAULT_GOAL := help
.PHONY: help run demo test soak screenshots lock clean

help: ## Show this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1	\2/p' Makefile

run: ## Open the application
	@$(SETUP) runtime want
	$(BIN)/dreamina-desktop

demo: ## Open practice mode with a sample picture and a prompt: no key, no cost
	@$(SETUP) runtime want
	@QT_QPA_PLATFORM="$${QT_QPA_PLATFORM#offscreen}" \
		$(BIN)/dreamina-desktop --practice --prompt "$(DEMO_PROMPT)" $(DEMO_PICTURE) || { \
		test $$? -eq 2 && echo "The same on the command line:" && \
		$(BIN)/dreamina-desktop generate --practice $(DEMO_PICTURE) --output demo --prompt "$(DEMO_PROMPT)"; }

# Whatever the environment says: thousands of starts find what they import ready to run.
test soak: export PYTHONDONTWRITEBYTECODE :=

test: ## Check everything: lint, types, tests, coverage
	@$(SETUP) dev need
	@mkdir -p build
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check .
	@# Meanwhile the tests' bytecode is made, which every worker would else make for itself.
	$(BIN)/python -m pytest --collect-only -qq > build/collected.txt 2>&1 & \
		$(BIN)/python -m mypy --num-workers auto; checked=$$?; wait; exit $$checked
	QT_QPA_PLATFORM="$${QT_QPA_PLATFORM:-offscreen}" $(BIN)/python packaging/run_tests.py
	$(BIN)/python packaging/check_coverage.py build/coverage.json

soak: ## Run the scorecard's long trials, write docs/reliability.md (ROWS="7 9": these, SHARE=0.5: fewer)
	@$(SETUP) dev need
	$(BIN)/python packaging/soak.py $(if $(SHARE),--share $(SHARE)) $(ROWS)

screenshots: ## Make pictures of the window in build/screenshots
	@$(SETUP) dev need
	$(BIN)/python packaging/screenshots.py

lock: ## Write the lock files anew (UPGRADE=yes: with the newest versions)
	$(SETUP) lock $(if $(UPGRADE),--upgrade)

clean: ## Remove .venv, build results and caches; the clips in demo/ stay
	rm -rf .venv build dist htmlcov .coverage* .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
