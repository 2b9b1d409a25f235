# What things cost: a verification beside other libraries, a whole judge, a whole login, and one kind of
# credential beside another.
COMPARE_PACKAGES := jq gnuplot-nox
BENCH_PACKAGES := libjwt-dev libcjose-dev libjose-dev librhonabwy-dev libcrypt-dev $(COMPARE_PACKAGES)
# For the counts of instructions, where a clock says little.
COUNT_PACKAGES := valgrind
COMPARE_PROG := $(patsubst %,$(OUT)/tests/bench/compare/%,pace bite hold)
BENCH_PROG := $(patsubst %,$(OUT)/tests/bench/%,login verify cold empty) $(COMPARE_PROG)
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
	$(Q)$(CC) -pie $(all_ldflags) -Wl,--no-as-needed -o $@ $< \
	    -Wl,--whole-archive $(JUDGE_LIBS) -Wl,--no-whole-archive

$(COMPARE_PROG): %: %.o $(OUT)/tests/bench/compare/host.o
	$(Q)$(CC) $(all_ldflags) -o $@ $^ -lpam

bench: ## verifications, judges and logins, beside other libraries and Debian's modules; as root
	@conf/deps.sh $(BUILD_PACKAGES) $(BENCH_PACKAGES)
	@$(MAKE) -j$(JOBS) --no-print-directory all $(BENCH_PROG) $(SESSION_SQL)
	@tests/bench/verify.sh $(OUT)
	@tests/bench/cold.sh $(OUT)
	@tests/bench/bench.sh $(OUT)
	@tests/bench/compare/compare.sh $(OUT)

compare: ## a JWT, a ticket or both: the table and the plot of README.md, measured anew; as root
	@conf/deps.sh $(BUILD_PACKAGES) $(COMPARE_PACKAGES)
	@$(MAKE) -j$(JOBS) --no-print-directory all $(SESSION_SQL) $(COMPARE_PROG)
	@tests/bench/compare/compare.sh $(OUT) --write; status=$$?; $(GIVE_BACK); exit $$status

bench-count: ## instructions of a verification beyond the bare EVP call, by callgrind
	@conf/deps.sh $(BUILD_PACKAGES) $(BENCH_PACKAGES) $(COUNT_PACKAGES)
	@$(MAKE) -j$(JOBS) --no-print-directory $(OUT)/tests/bench/verify
	@tests/bench/count.sh $(OUT)

.PHONY: bench compare bench-count
-include $(BENCH_PROG:=.d) $(VERIFY_OBJ:.o=.d) $(OUT)/tests/bench/compare/host.d
