# The real programs under another clock.
ASK_JUDGE := $(OUT)/tests/clock/ask_judge

$(ASK_JUDGE): $(ASK_JUDGE).o $(OUT)/libpjwt.a
	@echo '  LINK $@'
	$(Q)$(CC) $(all_ldflags) -o $@ $^ $(LIB_LIBS)

-include $(ASK_JUDGE).d
