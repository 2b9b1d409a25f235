# Faults around the session file: kills, power cuts, damage, full disks, old backups.
STORE_FAULT_OBJ  := $(call obj,tests/store_faults/*.c)
STORE_FAULT_PROG := $(OUT)/tests/store_faults/store_faults
# The quick part, for `make check`.
STORE_FAULT_TESTS := $(STORE_FAULT_PROG):kill:48 $(STORE_FAULT_PROG):power:50 $(STORE_FAULT_PROG):damage:12 \
                     $(STORE_FAULT_PROG):old:10 $(STORE_FAULT_PROG):full:3
TRIALS ?= 1000

$(STORE_FAULT_PROG): $(STORE_FAULT_OBJ) $(OUT)/libpjwt.a
	@echo '  LINK $@'
	$(Q)$(CC) $(all_ldflags) $(foreach call,pwrite fdatasync pjwt_ticket_make pjwt_ticket_remake,-Wl,--wrap=$(call)) -o $@ $^ $(LIB_LIBS)

faults: ## the session file under kills, power cuts, damage and full disks: TRIALS=1000 SEED=N; as root for all of it
	@conf/deps.sh $(BUILD_PACKAGES)
	@$(MAKE) -j$(JOBS) --no-print-directory store-faults-all

store-faults-all: $(STORE_FAULT_PROG)
	@tests/run $(OUT)/tests/log $(foreach kind,kill power damage old,$(STORE_FAULT_PROG):$(kind):$(TRIALS)) \
	    $(STORE_FAULT_PROG):full:100
	@grep -hE 'trials|^# (refused|killed)' \
	    $(foreach run,$(foreach kind,kill power damage old,$(kind)-$(TRIALS)) full-100,$(OUT)/tests/log/store_faults-$(run).tap) | \
	    sed 's/^[^-]*- /  /'

.PHONY: faults store-faults-all
-include $(patsubst %.o,%.d,$(STORE_FAULT_OBJ))
