# assess - grades a filled-in questionnaire against a rubric and renders the report.
# On a bare Debian 12: apt-get install make, then `make demo` and `make test`; `make help` tells the rest.

VERSION  := 1.0.0
BUILD    := build
PREFIX   := /usr/local
DESTDIR  :=
CC       := gcc
JOBS     := $(shell nproc)
CFLAGS   := -O2 -g
SANITIZE :=

# What is asked of Debian is listed in scripts/packages.txt. The libraries without a pkg-config file come last.
PACKAGES     := glib-2.0 jansson harfbuzz-subset harfbuzz fontconfig
LIBRARIES    := $(shell pkg-config --libs $(PACKAGES) 2>/dev/null) \
                -ldl -lcsv -liniparser -lhpdf -ldeflate -lunistring -lgmp -lz -lm -pthread
INCLUDE_DIRS := $(patsubst -I%,-isystem %,$(shell pkg-config --cflags-only-I $(PACKAGES) 2>/dev/null))

WARNINGS := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes \
            -Wformat=2 -Wundef -Wvla -Werror
DEFINES  := -DASSESS_VERSION='"$(VERSION)"' -DASSESS_DATADIR='"$(PREFIX)/share/assess"'
SANITIZED := $(if $(SANITIZE),-fsanitize=$(SANITIZE) -fno-sanitize-recover=all -fno-omit-frame-pointer)
COMPILE   = $(CC) -std=gnu11 $(CFLAGS) $(SANITIZED) $(WARNINGS) -Iassess $(INCLUDE_DIRS) $(DEFINES) $(CPPFLAGS)
LINK      = $(CC) $(CFLAGS) $(SANITIZED) -Wl,--as-needed -Wl,-O1 $(LDFLAGS)

# The floors of the house, lowest first; the program stands on top of them.
FLOORS      := base page rubric rules scoring proof intake survey audit report cohort batch
LIB_SOURCES := $(sort $(wildcard assess/*.c) $(foreach floor,$(FLOORS),$(wildcard assess/$(floor)/*.c)))
CLI_SOURCES := $(sort $(wildcard assess/cli/*.c))
UNIT_SOURCES := $(sort $(wildcard tests/unit/*.c tests/unit/*/*.c))
HEADERS     := $(sort $(wildcard assess/*.h assess/*/*.h))
UNIT_HEADERS := $(sort $(wildcard tests/unit/*.h tests/unit/*/*.h))

LIB_OBJECTS  := $(LIB_SOURCES:%.c=$(BUILD)/obj/%.o)
CLI_OBJECTS  := $(CLI_SOURCES:%.c=$(BUILD)/obj/%.o)
UNIT_OBJECTS := $(UNIT_SOURCES:%.c=$(BUILD)/obj/%.o)
SOLVER       := $(BUILD)/assess-cbc.so
PROGRAM      := $(if $(CLI_SOURCES),$(BUILD)/assess)
UNIT_TESTS   := $(if $(UNIT_SOURCES),$(BUILD)/unit_tests)

# `make V=1` shows the commands themselves.
quiet = $(if $(V),,@)
say   = $(if $(V),@true,@echo)

# A goal that installs packages first starts make again for the rest, so that the libraries are found.
PARALLEL = $(if $(findstring jobserver,$(MAKEFLAGS)),,-j$(JOBS))
AGAIN    = $(MAKE) --no-print-directory $(PARALLEL)

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
.PHONY: all setup demo test unit lint headers check-asan check-race check-valgrind bench bench-survey samples install uninstall clean help
.PHONY: programs format fuzz docs test-browser test-slurm test-kills

all: $(PROGRAM) $(BUILD)/libassess.a $(SOLVER) ## Build the program (build/assess) and the library (build/libassess.a)

programs: all $(UNIT_TESTS) $(BUILD)/block_bench

$(BUILD)/libassess.a: $(LIB_OBJECTS)
	@mkdir -p $(@D) && rm -f $@
	$(say) archive $@
	$(quiet)ar rcsD $@ $^

$(BUILD)/assess: $(CLI_OBJECTS) $(BUILD)/libassess.a
	$(say) link $@
	$(quiet)$(LINK) -o $@ $^ $(LIBRARIES)

# Loaded by the proofs of `assess check` alone: see assess/proof/solver.h.
$(SOLVER): assess/proof/module/cbc.c assess/proof/problem.h Makefile
	@mkdir -p $(@D)
	$(say) link $@
	$(quiet)$(COMPILE) -fPIC -shared -Wl,--as-needed -o $@ $< -lCbcSolver -lCbc

# Tests may reach into the program too, except for its main().
$(BUILD)/libcli.a: $(filter-out %/main.o,$(CLI_OBJECTS))
	@mkdir -p $(@D) && rm -f $@
	@ar rcsD $@ $^

$(BUILD)/unit_tests: $(UNIT_OBJECTS) $(BUILD)/libcli.a $(BUILD)/libassess.a | $(SOLVER)
	$(say) link $@
	$(quiet)$(LINK) -o $@ $^ $(LIBRARIES) -lcriterion

# Criterion's macros do not pass -Wconversion.
$(BUILD)/obj/tests/%: WARNINGS := $(filter-out -Wconversion,$(WARNINGS))
$(BUILD)/obj/tests/%: INCLUDE_DIRS += -Itests/unit

$(BUILD)/obj/%.o: %.c Makefile
	@pkg-config --exists $(PACKAGES) || { echo "libraries are missing: run \`make setup\` first" >&2; exit 1; }
	@mkdir -p $(@D)
	$(say) compile $<
	$(quiet)$(COMPILE) -MMD -MP -c -o $@ $<

-include $(LIB_OBJECTS:.o=.d) $(CLI_OBJECTS:.o=.d) $(UNIT_OBJECTS:.o=.d)

setup: ## Install the Debian packages that are missing to build, test and lint
	@scripts/setup build test bench lint

demo: ## Install what is missing, build, score the sample companies, leave their PDFs in reports/
	@scripts/setup build
	@$(AGAIN) all
	@scripts/demo $(BUILD)/assess

test: ## Install what is missing, build, run all tests
	@scripts/setup build test
	@$(AGAIN) programs
	@$(AGAIN) BUILD=$(BUILD)-asan SANITIZE=address,undefined all
	@BUILD=$(BUILD) CC=$(CC) python3 tests/run_all.py

unit: $(UNIT_TESTS) ## Run the unit tests alone
	$(if $(UNIT_TESTS),G_DEBUG=fatal-criticals $(UNIT_TESTS))

lint: ## Check format, layers, headers, scripts and house rules
	@scripts/setup build lint
	@$(AGAIN) headers
	@BUILD=$(BUILD) python3 tests/tools/lint.py

format: ## Lay the C sources out as clang-format decides
	clang-format -i $(LIB_SOURCES) $(CLI_SOURCES) $(UNIT_SOURCES) $(HEADERS) $(UNIT_HEADERS)

headers: $(HEADERS:%=$(BUILD)/obj/%.alone) $(UNIT_HEADERS:%=$(BUILD)/obj/%.alone)

# A header compiles alone.
$(BUILD)/obj/%.h.alone: %.h $(HEADERS) $(UNIT_HEADERS) Makefile
	@mkdir -p $(@D)
	@echo '#include "$(CURDIR)/$<"' | $(COMPILE) -fsyntax-only -x c -
	@touch $@

test-browser: ## Install what is missing, open the HTML reports in a browser: filters, keyboard, paper, axe-core
	@scripts/setup build test browser
	@$(AGAIN) all tests/browser/node_modules/.package-lock.json
	@node tests/browser/run.mjs $(BUILD)/assess

tests/browser/node_modules/.package-lock.json: tests/browser/package-lock.json
	npm ci --prefix tests/browser --ignore-scripts --no-audit --no-fund
	@touch $@

test-slurm: ## Install what is missing, grade a survey as a job array on a Slurm of this host, compare with one run
	@scripts/setup build test slurm
	@$(AGAIN) all
	@python3 tests/slurm/run.py --program $(BUILD)/assess

check-asan: ## Run the unit tests, the cases and the samples under the address and undefined-behaviour sanitizers
	@scripts/setup build test
	@$(AGAIN) BUILD=$(BUILD)-asan SANITIZE=address,undefined programs
	@BUILD=$(BUILD)-asan python3 tests/run_all.py unit blocks cases samples

check-race: ## Grade surveys side by side under the race checker of the compiler
	@scripts/setup build test
	@$(AGAIN) BUILD=$(BUILD)-tsan SANITIZE=thread all
	@python3 tests/run_race.py --program $(BUILD)-tsan/assess

test-kills: ## Install what is missing, grade a survey that is killed a hundred times and goes on each time
	@scripts/setup build test
	@$(AGAIN) all
	@python3 tests/run_batch.py --program $(BUILD)/assess --kills 100

check-valgrind: ## Run the program over all samples under valgrind
	@scripts/setup build test
	@$(AGAIN) all
	@python3 tests/run_samples.py --program $(BUILD)/assess \
	    --wrap "valgrind -q --error-exitcode=9 --leak-check=full --errors-for-leak-kinds=definite,possible"

# Draws one report again and again, for the comparison with other programs.
$(BUILD)/pdf_bench: $(BUILD)/obj/tests/bench/pdf_bench.o $(BUILD)/libassess.a
	$(say) link $@
	$(quiet)$(LINK) -o $@ $^ $(LIBRARIES)

# Grades companies made at random by column, for its speed and against the scalar engine.
$(BUILD)/block_bench: $(BUILD)/obj/tests/bench/block_bench.o $(BUILD)/obj/tests/unit/rules/crowd.o \
                      $(BUILD)/libassess.a
	$(say) link $@
	$(quiet)$(LINK) -o $@ $^ $(LIBRARIES)

-include $(BUILD)/obj/tests/bench/pdf_bench.d $(BUILD)/obj/tests/bench/block_bench.d

# Programs of the benchmarks alone, as fast as the compiler makes them.
$(BUILD)/survey_%: tests/bench/survey_%.c Makefile
	@mkdir -p $(@D)
	$(say) link $@
	$(quiet)$(CC) -std=gnu11 -O3 $(WARNINGS) -o $@ $< -lcsv -pthread

bench: ## Measure one company, the drawing of reports and the grading of a survey against their targets
	@scripts/setup build bench
	@$(AGAIN) all $(BUILD)/pdf_bench
	@python3 tests/bench/run.py --program $(BUILD)/assess
	@echo
	@python3 tests/bench/peers.py --bench $(BUILD)/pdf_bench
	@echo
	@$(AGAIN) bench-survey

bench-survey: ## Grade a generated survey of a million companies beside DuckDB, polars, pandas and Miller
	@scripts/setup build bench
	@$(AGAIN) all $(BUILD)/survey_generator $(BUILD)/survey_libcsv $(BUILD)/block_bench
	@$(BUILD)/block_bench rate rubrics/miit_smart_factory_2025.ini
	@$(BUILD)/block_bench rate rubrics/miit_smart_factory_2025.ini blanks na evidence waivers
	@echo
	@python3 tests/bench/survey.py --program $(BUILD)/assess

FUZZ_SECONDS := 60

fuzz: ## Feed random rubrics, answers, templates and surveys to the readers, FUZZ_SECONDS= each
	@scripts/setup build fuzz
	@$(AGAIN) $(BUILD)/fuzz_rubric $(BUILD)/fuzz_answers $(BUILD)/fuzz_template $(BUILD)/fuzz_survey
	@for target in rubric answers template survey; do mkdir -p $(BUILD)/fuzz/$$target; \
	    $(BUILD)/fuzz_$$target -max_total_time=$(FUZZ_SECONDS) -max_len=4000 -rss_limit_mb=2000 \
	        -artifact_prefix=$(BUILD)/fuzz/$$target- $(BUILD)/fuzz/$$target tests/fuzz/$$target || exit 1; done

# clang has the fuzzer.
$(BUILD)/fuzz_%: tests/fuzz/fuzz_%.c $(LIB_SOURCES) $(HEADERS)
	@mkdir -p $(@D)
	clang -std=gnu11 -g -O1 -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all -Iassess \
	    $(INCLUDE_DIRS) $(DEFINES) -o $@ $< $(LIB_SOURCES) $(LIBRARIES)

samples: all ## Make reports/samples/ and the golden pages of the tests anew; look at them before you commit
	@scripts/samples $(BUILD)/assess reports/samples
	@python3 tests/render.py --update --program $(BUILD)/assess
	@python3 tests/run_templates.py --update --program $(BUILD)/assess
	@for page in report.en:2 application.zh:2 brief.en:1; do \
	    pdftoppm -r 46 -png -singlefile -f $${page#*:} -l $${page#*:} reports/samples/$${page%:*}.pdf \
	        docs/page.$${page%:*} || exit 1; done

docs: all ## Make docs/rubric-format.md and docs/template-format.md anew, from the tables that files are read by
	@python3 tests/run_reference.py --update --program $(BUILD)/assess

INSTALL_DIR = $(DESTDIR)$(PREFIX)

install: all ## Install program, man page, rubrics, templates, library; takes PREFIX= and DESTDIR=
	install -D -m 755 $(BUILD)/assess $(INSTALL_DIR)/bin/assess
	install -D -m 644 $(SOLVER) $(INSTALL_DIR)/lib/assess/$(notdir $(SOLVER))
	install -D -m 644 man/assess.1 $(INSTALL_DIR)/share/man/man1/assess.1
	install -D -m 644 completions/assess.bash $(INSTALL_DIR)/share/bash-completion/completions/assess
	install -D -m 644 $(BUILD)/libassess.a $(INSTALL_DIR)/lib/libassess.a
	install -D -m 644 assess/assess.h $(INSTALL_DIR)/include/assess.h
	install -d $(INSTALL_DIR)/lib/pkgconfig
	sed -e 's|@PREFIX@|$(PREFIX)|g; s|@VERSION@|$(VERSION)|g; s|@PACKAGES@|$(PACKAGES)|g' assess.pc.in \
	    > $(INSTALL_DIR)/lib/pkgconfig/assess.pc
	for file in LICENSE NOTICE CHANGELOG.md; do \
	    install -D -m 644 $$file $(INSTALL_DIR)/share/doc/assess/$$file || exit 1; done
	for file in $$(find rubrics templates -type f); do \
	    install -D -m 644 $$file $(INSTALL_DIR)/share/assess/$$file || exit 1; done

uninstall: ## Remove what install put there
	rm -f $(INSTALL_DIR)/bin/assess $(INSTALL_DIR)/share/man/man1/assess.1 $(INSTALL_DIR)/lib/libassess.a \
	    $(INSTALL_DIR)/share/bash-completion/completions/assess $(INSTALL_DIR)/include/assess.h \
	    $(INSTALL_DIR)/lib/pkgconfig/assess.pc
	rm -rf $(INSTALL_DIR)/share/assess $(INSTALL_DIR)/share/doc/assess $(INSTALL_DIR)/lib/assess

clean: ## Remove what was built
	rm -rf $(BUILD) $(BUILD)-asan $(BUILD)-tsan

help: ## Print this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{ printf "%-22s %s\n", $$1, $$2 }'
