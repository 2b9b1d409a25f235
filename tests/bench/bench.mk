# What things cost: a verification beside other libraries, a whole judge, a whole login.
BENCH_PACKAGES := libjwt-dev libcjose-dev libjose-dev librhonabwy-dev libcrypt-dev jq
# For the counts of instructions, where a clock says little.
COUNT_PACKAGES := valgrind
BENCH_PROG := $(patsubst %,$(OUT)/tests/bench/%,login verify cold empty)
COLD_PROG := $(OUT)/tests/bench/cold $(OUT)/tests/bench/empty
VERIFY_OBJ := $(patsubst %,$(OUT)/tests/bench/%.o,verify subject ours peers peer_rhonabwy)

$(OUT)/tests/bench/login: $(OUT)/tests/bench/login.o
	$(Q)$(CC) $(all_ldflags) -o $@ $< -lpam -lcrypt

$(OUT)/tests/bench/verify: $(VERIFY_OBJ) $(OUT)/libpjwt.a
	@echo '  LINK $@'
	$(Q)$(CC) -pie $(all_ldflags) -o $@ $^ $(LIB_LIBS) -ljwt -lcjose -ljose -lrhonabwy

$(OUT)/tests/bench/cold: $(OUT)/tests/bench/cold.o $(OUT)/libpjwt.a
	$(Q)$(CC) -pie $(all_ldflags) -o $@ $^ $(LIB_LIBS)

# All that the judge is linked with, though it uses none of it.
$(OUT)/tests/bench/empty: $(OUT)/tests/bench/empty.o
	$(Q)$(CC) -pie $(all_ldflags) -Wl,--no-as-needed -o $@ $< $(LIB_LIBS)

bench: ## verifications, judges and logins, beside other libraries and Debian's modules; as root
	@conf/deps.sh $(BUILD_PACKAGES) $(BENCH_PACKAGES)
	@$(MAKE) -j$(JOBS) --no-print-directory all $(BENCH_PROG)
	@tests/bench/verify.sh $(OUT)
	@tests/bench/cold.sh $(OUT)
	@tests/bench/bench.sh $(OUT)

bench-count: ## instructions of a verification beyond the bare EVP call, by callgrind
	@conf/deps.sh $(BUILD_PACKAGES) $(BENCH_PACKAGES) $(COUNT_PACKAGES)
	@$(MAKE) -j$(JOBS) --no-print-directory $(OUT)/tests/bench/verify
	@tests/bench/count.sh $(OUT)

.PHONY: bench bench-count
-include $(BENCH_PROG:=.d) $(VERIFY_OBJ:.o=.d)
