# Fault injection: the whole of one login, again and again, and of the account and
# session checks behind it, with another call failing each time.
FAULT_OBJ   := $(call obj,tests/faults/*.c)
FAULT_PROG  := $(OUT)/tests/faults/login_faults
FAULT_CALLS := $(shell awk -F', *' '/^ *X/ && NF > 3 { print $$3 }' tests/faults/calls.h) asprintf
# The quick part; check-faults tries all of them, and of a process that has only started, where they
# are many and mostly OpenSSL's own, every 29th.
FAULT_TESTS := $(FAULT_PROG):warm:11 $(FAULT_PROG):cold:397 tests/faults/complete.sh:$(OUT)

$(FAULT_PROG): $(FAULT_OBJ) $(OUT)/libpjwt.a tests/faults/calls.h
	@echo '  LINK $@'
	$(Q)$(CC) $(all_ldflags) $(patsubst %,-Wl$(comma)--wrap=%,$(FAULT_CALLS)) -o $@ \
	    $(FAULT_OBJ) $(OUT)/libpjwt.a $(LIB_LIBS)

check-faults: ## every allocation, read, system call and EVP call of a login failing in turn
	@conf/deps.sh $(BUILD_PACKAGES)
	@$(MAKE) -j$(JOBS) --no-print-directory FLAVOR=asan OUT=build/asan faults-all

faults-all: $(FAULT_PROG)
	@tests/run $(OUT)/tests/log $(FAULT_PROG):warm:1 $(FAULT_PROG):rest:1 $(FAULT_PROG):cold:29 \
	    tests/faults/complete.sh:$(OUT)

comma := ,
.PHONY: check-faults faults-all
-include $(patsubst %.o,%.d,$(FAULT_OBJ))
