# Commands that a signal reaches in the middle.
NTH_CALL := $(OUT)/tests/interrupt/nth_call
# The quick part, for `make check`: every 401st system call.
INTERRUPT_TESTS := tests/interrupt/test_interrupt.sh:$(OUT):401

$(NTH_CALL): $(NTH_CALL).o
	@echo '  LINK $@'
	$(Q)$(CC) $(all_ldflags) -o $@ $^

STRIDE ?= 1
interrupts: ## each command that writes, interrupted and killed at every system call: STRIDE=1
	@conf/deps.sh $(BUILD_PACKAGES) $(TEST_PACKAGES)
	@$(MAKE) -j$(JOBS) --no-print-directory test-programs
	@tests/run $(OUT)/tests/log tests/interrupt/test_interrupt.sh:$(OUT):$(STRIDE)

.PHONY: interrupts
-include $(NTH_CALL).d
