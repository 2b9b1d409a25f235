# A second opinion, and a third: other implementations about our tokens and their mutations.
DIFFERENTIAL_PACKAGES := python3-jwcrypto nodejs
DIFFERENTIAL_PROG := $(OUT)/tests/differential/driver
COUNT ?= 4000
SEED  ?= 1

$(DIFFERENTIAL_PROG): $(OUT)/tests/differential/driver.o $(OUT)/libpjwt.a
	@echo '  LINK $@'
	$(Q)$(CC) -pie $(all_ldflags) -o $@ $^ $(LIB_LIBS)

differential: ## two other implementations about the same tokens: COUNT=N mutations, SEED=N
	@conf/deps.sh $(BUILD_PACKAGES) $(DIFFERENTIAL_PACKAGES) $(if $(shell command -v npm),,npm)
	@$(MAKE) -j$(JOBS) --no-print-directory $(DIFFERENTIAL_PROG)
	@tests/differential/run.sh $(OUT) $(COUNT) $(SEED)

.PHONY: differential
-include $(OUT)/tests/differential/driver.d
