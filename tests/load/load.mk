# Many logins at once, a prune beside them, a session file of millions of rows.
LOAD_PROG := $(patsubst %,$(OUT)/tests/load/%,crowd beside)

# A little of it, which says nothing of time.
LOAD_TESTS := tests/load/test_load.sh

$(LOAD_PROG): %: %.o $(OUT)/tests/load/login.o
	$(Q)$(CC) $(all_ldflags) -o $@ $^ -lpam

load: ## 64 logins at once, logins beside a prune, cold logins at millions of rows; as root
	@conf/deps.sh $(BUILD_PACKAGES)
	@$(MAKE) -j$(JOBS) --no-print-directory all $(LOAD_PROG) $(SESSION_SQL) $(COLD_PROG)
	@tests/load/load.sh $(OUT) $(PARTS); status=$$?; $(GIVE_BACK); exit $$status

.PHONY: load
-include $(LOAD_PROG:=.d) $(OUT)/tests/load/login.d
