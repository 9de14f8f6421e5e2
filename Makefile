# veiligbeeld: everything that can be made, on one page. `make help` prints the targets.
PREFIX  ?= /usr/local
ifeq ($(origin CC),default)
CC := gcc
endif
comma := ,
# V=1 prints whole commands; else one short line each.
Q := $(if $(V),,@)
SAY = $(if $(V),@:,@echo "  $(1) $(2)")
VERSION := $(shell cat VERSION)
PKGS    := libpq gsl jansson libsodium libcrypto libutf8proc libarchive libxml-2.0 libxslt glpk
# Debian ships no .pc file for these.
LIBS_PLAIN := -lxlsxwriter -lreadstat -lz -lm -lpthread

WARN := -Wall -Wextra -Wconversion -Wshadow -Wvla -Wformat=2 -Wstrict-prototypes -Wmissing-prototypes
ifdef CI
WARN += -Werror
endif
ifdef SAN # make SAN=1 test: the same targets with AddressSanitizer and UBSan, in a tree of their own; SAN=thread unit: ThreadSanitizer
SANFLAGS := -fsanitize=$(if $(filter thread,$(SAN)),thread,address$(comma)undefined) -fno-omit-frame-pointer -fno-sanitize-recover=undefined
endif
B := build/$(if $(SAN),$(if $(filter thread,$(SAN)),tsan,san),plain)

PKG_CFLAGS := $(shell pkg-config --cflags $(filter-out glpk,$(PKGS)) 2>/dev/null)
PKG_LIBS   := $(shell pkg-config --libs $(filter-out glpk,$(PKGS)) 2>/dev/null) -lglpk
CPPFLAGS += -I. -I$(B) -D_GNU_SOURCE -DVB_VERSION='"$(VERSION)"' -DVB_SHARE='"$(PREFIX)/share/veiligbeeld"' \
            -DVB_LOCALE='"$(PREFIX)/share/locale"' $(PKG_CFLAGS)
# Contraction of a*b+c would make results depend on compiler and processor; published figures may not.
CFLAGS   ?= -O2 -g
ALL_CFLAGS := -std=gnu11 $(WARN) $(CFLAGS) -ffp-contract=off -fstack-protector-strong $(SANFLAGS)
LDLIBS   := $(PKG_LIBS) $(LIBS_PLAIN)

ROOMS  := common ingest analyze analyze/disclosure reports reports/edition
SRC    := $(foreach room,$(ROOMS),$(wildcard $(room)/*.c))
LIBOBJ := $(SRC:%.c=$(B)/%.o) $(B)/sql_embed.o
CLIOBJ := $(patsubst %.c,$(B)/%.o,$(wildcard cli/*.c))
SQL    := $(sort $(wildcard sql/migrate/*.sql sql/role/*.sql sql/view/*.sql sql/function/*.sql sql/query/*/*.sql))
UNIT   := $(patsubst tests/%_test.c,$(B)/tests/%_test,$(wildcard tests/unit/*/*_test.c))
HARNESS := $(B)/tests/harness/test.o
SIM    := $(B)/sim

.PHONY: all veiligbeeld test demo check unit sim bench fuzz mutants lint help install clean db-clean deps
all: veiligbeeld ## build the program as ./veiligbeeld

MO := $(patsubst cli/po/%.po,$(B)/locale/%/LC_MESSAGES/veiligbeeld.mo,$(wildcard cli/po/*.po))
# Made anew every time: the link must follow SAN=1 to and fro.
veiligbeeld: $(B)/veiligbeeld $(MO)
	@ln -sf $< $@
$(B)/locale/%/LC_MESSAGES/veiligbeeld.mo: cli/po/%.po
	@mkdir -p $(@D)
	$(Q)msgfmt --check-format -o $@ $<
$(B)/veiligbeeld: $(CLIOBJ) $(LIBOBJ)
	$(call SAY,LINK,$@)
	$(Q)$(CC) $(ALL_CFLAGS) -o $@ $^ $(LDFLAGS) $(LDLIBS)
$(B)/%.o: %.c | $(B)/sql_embed.h
	@mkdir -p $(@D)
	$(call SAY,CC  ,$<)
	$(Q)$(CC) $(CPPFLAGS) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<
$(B)/sql_embed.o: $(B)/sql_embed.c
	$(call SAY,CC  ,$<)
	$(Q)$(CC) $(CPPFLAGS) $(ALL_CFLAGS) -c -o $@ $<
# One awk script turns sql/ into constants; the list of names is part of the rule, so a removed file is noticed.
$(B)/sql_embed.h $(B)/sql_embed.c &: $(SQL) sql/embed.awk Makefile
	@mkdir -p $(@D)
	$(call SAY,SQL ,$(B)/sql_embed.c)
	$(Q)awk -v header=1 -f sql/embed.awk $(SQL) > $(B)/sql_embed.h
	$(Q)awk -f sql/embed.awk $(SQL) > $(B)/sql_embed.c

$(B)/tests/%_test: $(B)/tests/%_test.o $(HARNESS) $(LIBOBJ)
	$(call SAY,LINK,$@)
	$(Q)$(CC) $(ALL_CFLAGS) -o $@ $^ $(LDFLAGS) $(LDLIBS)
$(SIM): $(patsubst %.c,$(B)/%.o,$(wildcard tests/sim/*.c)) $(LIBOBJ)
	$(call SAY,LINK,$@)
	$(Q)$(CC) $(ALL_CFLAGS) -o $@ $^ $(LDFLAGS) $(LDLIBS)
$(B)/tests/bench/%: $(B)/tests/bench/%.o $(LIBOBJ)
	$(call SAY,LINK,$@)
	$(Q)$(CC) $(ALL_CFLAGS) -o $@ $^ $(LDFLAGS) $(LDLIBS)
sim: $(SIM) ## build the generator of example deliveries
unit: $(UNIT)

deps: ## install the Debian packages that are missing (root, or a user with sudo)
	@tools/install-packages
demo: deps ## from nothing to annual reports in out/demo: example boards and real public records
	@$(MAKE) --no-print-directory -j2 all sim
	@tools/demo
test: deps ## every test; ends with "N passed, N failed"
	@$(MAKE) --no-print-directory -j2 all sim unit
	@tests/run $(T)
check: all sim unit ## the tests without looking for packages; T=pattern runs some
	@tests/run $(T)
bench: deps ## measure, and write out/bench.json
	@$(MAKE) --no-print-directory -j2 all
	@tests/bench/run
# libFuzzer under ASan and UBSan, the libraries of ours built with it; corpus in tests/fuzz/corpus/<name>, kept in git
FUZZERS := $(patsubst tests/fuzz/%_fuzz.c,build/fuzz/%,$(wildcard tests/fuzz/*_fuzz.c))
FUZZ_SECONDS ?= 60
FUZZ_FLAGS := -std=gnu11 -O1 -g -fsanitize=address,undefined,fuzzer-no-link -fno-sanitize-recover=undefined -fno-omit-frame-pointer
build/fuzz/obj/%.o: %.c | $(B)/sql_embed.h
	@mkdir -p $(@D)
	$(Q)clang $(CPPFLAGS) $(FUZZ_FLAGS) -MMD -MP -c -o $@ $<
build/fuzz/%: build/fuzz/obj/tests/fuzz/%_fuzz.o $(patsubst %.c,build/fuzz/obj/%.o,$(wildcard common/*.c ingest/*.c)) build/fuzz/obj/$(B)/sql_embed.o
	$(call SAY,LINK,$@)
	$(Q)clang $(FUZZ_FLAGS) -fsanitize=fuzzer -o $@ $^ $(LDFLAGS) $(LDLIBS)
fuzz: $(FUZZERS) ## every reader of a file format under a fuzzer, FUZZ_SECONDS (60) each; needs clang
	@tests/fuzz/run $(FUZZ_SECONDS) $(notdir $(FUZZERS))
mutants: all sim unit ## deliberate errors in disclosure control, one a rule: does a test notice each? Long; T=words runs some
	@tests/mutants/run -j2 $(T)
lint: ## the rules of the house: layers, one libpq file, no SQL or HTML in C
	@tests/lint/house
install: all ## install below $(DESTDIR)$(PREFIX)
	install -Dm755 $(B)/veiligbeeld $(DESTDIR)$(PREFIX)/bin/veiligbeeld
	cd config && find . -name '*.json' -exec install -Dm644 {} $(DESTDIR)$(PREFIX)/share/veiligbeeld/config/{} \;
	cd reports/templates && find . -type f -exec install -Dm644 {} $(DESTDIR)$(PREFIX)/share/veiligbeeld/templates/{} \;
	for lang in cli/po/*.po; do [ -e $$lang ] || continue; name=$$(basename $$lang .po); \
	  mkdir -p $(DESTDIR)$(PREFIX)/share/locale/$$name/LC_MESSAGES && \
	  msgfmt -o $(DESTDIR)$(PREFIX)/share/locale/$$name/LC_MESSAGES/veiligbeeld.mo $$lang; done
db-clean: ## stop the private database and remove it, with everything in it
	@[ ! -x veiligbeeld ] || ./veiligbeeld db stop || true
	rm -rf var
clean: ## remove what was built (not var/ and out/)
	rm -rf build veiligbeeld
help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' Makefile

.SECONDARY: $(UNIT:=.o) $(HARNESS)
.PRECIOUS: build/fuzz/obj/%.o
-include $(SRC:%.c=$(B)/%.d) $(CLIOBJ:.o=.d) $(UNIT:=.d) $(patsubst %.c,$(B)/%.d,$(wildcard tests/sim/*.c)) $(shell find build/fuzz -name '*.d' 2>/dev/null)
