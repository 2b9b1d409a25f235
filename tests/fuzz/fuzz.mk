# Fuzzing: each tests/fuzz/fuzz_NAME.c is a target, its seeds are in corpus/NAME/, its words, if
# it has any, in dict/NAME.dict. A new target is that file and at least one seed.
FUZZ_NAMES   := $(patsubst tests/fuzz/fuzz_%.c,%,$(wildcard tests/fuzz/fuzz_*.c))
FUZZ_HELP    := $(call obj,tests/fuzz/support/*.c)
FUZZ_OUT     := build/fuzz
SECONDS      ?= 60
# The files that a parser reads are the fuzzer's input: tests/fuzz/support/files.c.
FUZZ_LDFLAGS := -Wl,--wrap=pjwt_file_read,--wrap=pjwt_file_open,--wrap=pjwt_file_check
FUZZ_PACKAGES := clang libclang-rt-14-dev
SAN.fuzz     := -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined \
                -fno-omit-frame-pointer
FUZZ_PROG    := $(patsubst %,$(OUT)/tests/fuzz/fuzz_%,$(FUZZ_NAMES))
REPLAY_PROG  := $(patsubst %,$(OUT)/tests/fuzz/replay_%,$(FUZZ_NAMES))
# For tests/run: a program and its argument.
REPLAY_TESTS := $(foreach n,$(FUZZ_NAMES),$(OUT)/tests/fuzz/replay_$(n):tests/fuzz/corpus/$(n))

$(FUZZ_PROG): $(OUT)/tests/fuzz/fuzz_%: $(OUT)/tests/fuzz/fuzz_%.o $(FUZZ_HELP) $(OUT)/libpjwt.a
	@echo '  LINK $@'
	$(Q)$(CC) $(all_ldflags) -fsanitize=fuzzer $(FUZZ_LDFLAGS) -o $@ $^ $(LIB_LIBS)

$(REPLAY_PROG): $(OUT)/tests/fuzz/replay_%: $(OUT)/tests/fuzz/fuzz_%.o $(OUT)/tests/fuzz/replay.o \
    $(FUZZ_HELP) $(OUT)/libpjwt.a
	@echo '  LINK $@'
	$(Q)$(CC) $(all_ldflags) $(FUZZ_LDFLAGS) -o $@ $^ $(LIB_LIBS)

# The reader of pam.d files is the helper's own.
$(OUT)/tests/fuzz/fuzz_pam_d $(OUT)/tests/fuzz/replay_pam_d: $(PAM_D_OBJ)
$(OUT)/tests/fuzz/fuzz_pam_d $(OUT)/tests/fuzz/replay_pam_d: LIB_LIBS += $(OUT)/libpjwt.a
# And so is the reader of revocations from another machine.
REVOKE_LINE_OBJ := $(patsubst %,$(OUT)/helper/cmd/%.o,revoke_line input output instant say advice flags) \
                   $(OUT)/helper/process/stat.o $(WORLD_OBJ)
$(OUT)/tests/fuzz/fuzz_revoke_line $(OUT)/tests/fuzz/replay_revoke_line: $(REVOKE_LINE_OBJ)
$(OUT)/tests/fuzz/fuzz_revoke_line $(OUT)/tests/fuzz/replay_revoke_line: LIB_LIBS += $(OUT)/libpjwt.a

fuzz-programs: $(FUZZ_PROG)

fuzz: ## every parser under libFuzzer, SECONDS=N each; FUZZ_NAMES='jws login' for some of them
	@conf/deps.sh $(BUILD_PACKAGES) $(FUZZ_PACKAGES)
	@$(MAKE) -j$(JOBS) --no-print-directory FLAVOR=fuzz OUT=$(FUZZ_OUT) CC=clang \
	    CFLAGS='-O1 -g' fuzz-programs
	@tests/fuzz/run.sh $(FUZZ_OUT) $(SECONDS) $(FUZZ_NAMES)

.PHONY: fuzz fuzz-programs
-include $(patsubst %.o,%.d,$(FUZZ_HELP)) $(patsubst %,%.d,$(FUZZ_PROG)) $(OUT)/tests/fuzz/replay.d
