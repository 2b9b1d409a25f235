# Tests: programs that print TAP, and tests/run, which counts them.
UNIT_PROG := $(patsubst tests/unit/%.c,$(OUT)/tests/unit/%,$(wildcard tests/unit/test_*.c))
UNIT_HELP := $(call obj,tests/unit/support/*.c helper/process/*.c)
CLI_TESTS := $(wildcard tests/cli/test_*.sh)
JOBS      ?= $(shell nproc)
# What sudo built belongs to who called it.
GIVE_BACK  = [ -z "$${SUDO_UID-}" ] || chown -R "$$SUDO_UID:$${SUDO_GID-}" build

$(OUT)/tests/unit/test_%: $(OUT)/tests/unit/test_%.o $(UNIT_HELP) $(OUT)/libpjwt.a
	@echo '  LINK $@'
	$(Q)$(CC) $(all_ldflags) -o $@ $^ $(LIB_LIBS) -lcmocka

# The reader of pam.d files, which lint has and lib/ has not; compared with libpam's own.
PAM_D_OBJ := $(patsubst %,$(OUT)/helper/lint/%.o,pam_line pam_control pam_stack pam_evaluate pam_known pam_reach)
$(OUT)/tests/unit/test_lint_stack: $(PAM_D_OBJ)
$(OUT)/tests/unit/test_lint_stack: LIB_LIBS += -lpam
# The module's table of PAM codes; the rest of it is tested through libpam.
$(OUT)/tests/unit/test_codes: $(OUT)/pam_jwt/codes.o
# The one that looks at the machine's own users.
$(OUT)/tests/unit/test_world: $(WORLD_OBJ)
$(OUT)/tests/unit/test_asker: $(OUT)/helper/judge/asker.o
$(OUT)/tests/unit/test_settle: $(patsubst %,$(OUT)/helper/judge/%.o,settle cgroup)
$(OUT)/tests/unit/test_stock: $(OUT)/helper/judge/stock.o

-include tests/pam/pam.mk
-include tests/fuzz/fuzz.mk
-include tests/faults/faults.mk
-include tests/store_faults/store_faults.mk
-include tests/interrupt/interrupt.mk
-include tests/clock/clock.mk
-include tests/differential/differential.mk
-include tests/timing/timing.mk
-include tests/bench/bench.mk
-include tests/load/load.mk

test-deps:
	@conf/deps.sh $(BUILD_PACKAGES) $(TEST_PACKAGES)

# For the tests of the commands: a look into the session file.
SESSION_SQL := $(OUT)/tests/cli/session_sql
$(SESSION_SQL): $(OUT)/tests/cli/session_sql.o $(OUT)/libpjwt.a
	@echo '  LINK $@'
	$(Q)$(CC) $(all_ldflags) -o $@ $^ $(LIB_LIBS)

test-programs: all $(UNIT_PROG) $(PAM_TEST_PROG) $(SESSION_SQL) $(STORE_FAULT_PROG) $(NTH_CALL) $(ASK_JUDGE) $(LOAD_PROG)

# What `make check` does not run.
more-programs: $(REPLAY_PROG) $(FAULT_PROG) $(DIFFERENTIAL_PROG) $(TIMING_PROG) $(ENUM_PROG) \
    $(BENCH_PROG)

# The longest first, so that no lane is left with it.
check: test-deps ## run every test; as root for all of them
	@$(MAKE) -j$(JOBS) --no-print-directory test-programs
	@tests/run $(OUT)/tests/log tests/system/run.sh:$(OUT) $(PAM_STACKS) $(PAM_FROZEN_TESTS) $(PAM_TESTS) \
	    $(UNIT_PROG) $(STORE_FAULT_TESTS) $(INTERRUPT_TESTS) \
	    $(foreach t,$(CLI_TESTS) $(LOAD_TESTS),$(t):$(OUT)); \
	    status=$$?; $(GIVE_BACK); exit $$status

check-asan: test-deps ## the unit and PAM tests under AddressSanitizer and UBSan
	@$(MAKE) -j$(JOBS) --no-print-directory FLAVOR=asan OUT=build/asan check-sanitized

check-sanitized: test-programs $(REPLAY_PROG) $(FAULT_PROG)
	@tests/run $(OUT)/tests/log $(PAM_TESTS) $(UNIT_PROG) $(REPLAY_TESTS) $(FAULT_TESTS) \
	    $(STORE_FAULT_TESTS) $(foreach t,$(CLI_TESTS),$(t):$(OUT))

lint: ## formatting, warnings of gcc and clang, clang-tidy, cppcheck, shellcheck, mandoc
	@conf/deps.sh $(BUILD_PACKAGES) $(TEST_PACKAGES) $(LINT_PACKAGES) $(BENCH_PACKAGES)
	@$(MAKE) -j$(JOBS) --no-print-directory OUT=build/gcc CC=gcc WERROR=-Werror test-programs more-programs
	@$(MAKE) -j$(JOBS) --no-print-directory OUT=build/clang CC=clang WERROR=-Werror test-programs more-programs
	@tests/lint.sh -std=c11 -D_GNU_SOURCE -I. $(LIB_CFLAGS) \
	    $(filter -DPJWT_%,$(all_cflags))

format: ## let clang-format lay out the sources
	clang-format -i $$(git ls-files '*.c' '*.h')

# A host that may write no byte (RLIMIT_FSIZE) cannot write coverage data either, and ends: hence the '-'.
coverage: test-deps ## line and branch coverage of the unit and PAM tests
	@conf/deps.sh $(COVERAGE_PACKAGES)
	@rm -rf build/coverage
	-@$(MAKE) -j$(JOBS) --no-print-directory FLAVOR=coverage OUT=build/coverage CFLAGS="-O0 -g" check-sanitized
	@gcovr --root . --object-directory build/coverage --filter 'lib/' --filter 'pam_jwt/' \
	    --filter 'helper/' --print-summary -o build/coverage/report.txt
	@cat build/coverage/report.txt

demo: ## log in for real: accepted and refused, by ssh and sudo, in a private namespace
	@conf/deps.sh $(BUILD_PACKAGES)
	@$(MAKE) -j$(JOBS) --no-print-directory all
	@tests/demo/demo.sh $(OUT); status=$$?; $(GIVE_BACK); exit $$status

.PHONY: test-deps test-programs more-programs check check-asan check-sanitized lint format coverage demo
