# Timing: whether secrets show in the time that our own code takes. Alone on a machine, please.
TIMING_OBJ  := $(call obj,tests/timing/*.c)
TIMING_PROG := $(OUT)/tests/timing/timing
ROUNDS      ?= 2000000

$(TIMING_PROG): $(TIMING_OBJ) $(OUT)/libpjwt.a
	@echo '  LINK $@'
	$(Q)$(CC) -pie $(all_ldflags) -o $@ $^ $(LIB_LIBS) -lm

timing: ## does the time of a comparison depend on a secret? ROUNDS=N measurements of each
	@conf/deps.sh $(BUILD_PACKAGES)
	@$(MAKE) -j$(JOBS) --no-print-directory $(TIMING_PROG)
	@$(TIMING_PROG) $(ROUNDS)

.PHONY: timing
-include $(patsubst %.o,%.d,$(TIMING_OBJ))
