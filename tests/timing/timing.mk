# Timing: whether secrets show in the time that our own code takes. Alone on a machine, please.
TIMING_OBJ  := $(call obj,tests/timing/*.c)
TIMING_PROG := $(OUT)/tests/timing/timing
ENUM_OBJ    := $(call obj,tests/timing/enumeration/*.c)
ENUM_PROG   := $(OUT)/tests/timing/enumeration/enumeration
ROUNDS      ?= 2000000
SAMPLES     ?= 1000

$(TIMING_PROG): $(TIMING_OBJ) $(OUT)/libpjwt.a
	@echo '  LINK $@'
	$(Q)$(CC) -pie $(all_ldflags) -o $@ $^ $(LIB_LIBS) -lm

$(ENUM_PROG): $(ENUM_OBJ) $(PAM_CASE_OBJ) $(OUT)/libpjwt.a
	@echo '  LINK $@'
	$(Q)$(CC) -pie -rdynamic $(all_ldflags) -o $@ $^ $(LIB_LIBS) -lpam -lm

enumeration: ## does the time of a refusal tell which users exist? SAMPLES=N of each
	@conf/deps.sh $(BUILD_PACKAGES)
	@$(MAKE) -j$(JOBS) --no-print-directory $(OUT)/pam_jwt.so $(PAM_JUDGE) $(PAM_ROGUE) $(PAM_EARLIER) $(ENUM_PROG)
	@$(ENUM_PROG) $(OUT) $(SAMPLES)

timing: ## does the time of a comparison depend on a secret? ROUNDS=N measurements of each
	@conf/deps.sh $(BUILD_PACKAGES)
	@$(MAKE) -j$(JOBS) --no-print-directory $(TIMING_PROG)
	@$(TIMING_PROG) $(ROUNDS)

.PHONY: timing enumeration
-include $(patsubst %.o,%.d,$(TIMING_OBJ) $(ENUM_OBJ))
