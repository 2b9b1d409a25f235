# PAM tests: the module through real libpam, with a judge whose clock and users come from a file.
PAM_CASE_OBJ := $(filter-out %/judge_world.o %/run.o,$(call obj,tests/pam/*.c))
PAM_HOST_OBJ := $(call obj,tests/pam/host/*.c)
PAM_FROZEN_OBJ := $(call obj,tests/pam/frozen/*.c)
PAM_ROGUE_OBJ := $(call obj,tests/pam/rogue/*.c)
PAM_MATRIX_OBJ := $(call obj,tests/pam/matrix/*.c)
PAM_CASES    := $(OUT)/tests/pam/pam_cases
PAM_HOSTS    := $(OUT)/tests/pam/pam_hosts
PAM_MATRIX   := $(OUT)/tests/pam/pam_matrix
PAM_FROZEN   := $(OUT)/tests/pam/pam_frozen
PAM_JUDGE    := $(OUT)/tests/pamjwt-verify-test
PAM_EARLIER  := $(OUT)/tests/pam/pam_earlier.so
PAM_ROGUE    := $(OUT)/tests/pam/rogue/rogue
# For tests/run: a program and its arguments, with colons between them.
PAM_TESTS     := $(PAM_CASES):$(OUT):tests/pam/cases $(PAM_HOSTS):$(OUT)
# Not under the sanitizers: it forks 4,000 logins to ask libpam about control values, which takes ten
# times as long there, and what runs of ours in them runs in the cases above as well.
PAM_STACKS    := $(PAM_MATRIX):$(OUT):conf/pam.d
PAM_TEST_PROG := $(OUT)/pam_jwt.so $(PAM_CASES) $(PAM_HOSTS) $(PAM_MATRIX) $(PAM_JUDGE) $(PAM_ROGUE) \
                 $(PAM_EARLIER) $(PAM_FROZEN)

# Never installed: whoever writes its `world` file chooses the time and the users.
$(PAM_JUDGE): $(JUDGE_OBJ) $(OUT)/tests/pam/judge_world.o $(OUT)/libpjwt.a
	@echo '  LINK $@'
	$(Q)$(CC) -pie $(all_ldflags) -o $@ $^ $(LIB_LIBS)

$(PAM_ROGUE): $(PAM_ROGUE_OBJ) $(OUT)/libpjwt.a
	@echo '  LINK $@'
	$(Q)$(CC) -pie $(all_ldflags) -o $@ $^ $(LIB_LIBS)

$(PAM_EARLIER): $(OUT)/tests/pam/module/earlier.o
	@echo '  LINK $@'
	$(Q)$(CC) -shared $(all_ldflags) -o $@ $< -lpam

# -rdynamic, so that the syslog of libpam and of the module is the runner's.
$(PAM_CASES): $(PAM_CASE_OBJ) $(OUT)/tests/pam/run.o $(OUT)/libpjwt.a
	@echo '  LINK $@'
	$(Q)$(CC) -pie -rdynamic $(all_ldflags) -o $@ $^ $(LIB_LIBS) -lpam

$(PAM_HOSTS): $(PAM_CASE_OBJ) $(PAM_HOST_OBJ) $(OUT)/helper/judge/even.o $(OUT)/libpjwt.a
	@echo '  LINK $@'
	$(Q)$(CC) -pie -rdynamic -pthread $(all_ldflags) -o $@ $^ $(LIB_LIBS) -lpam

$(PAM_MATRIX): $(PAM_CASE_OBJ) $(PAM_MATRIX_OBJ) $(OUT)/libpjwt.a
	@echo '  LINK $@'
	$(Q)$(CC) -pie -rdynamic $(all_ldflags) -o $@ $^ $(LIB_LIBS) -lpam

$(PAM_FROZEN): $(PAM_CASE_OBJ) $(PAM_FROZEN_OBJ) $(OUT)/libpjwt.a
	@echo '  LINK $@'
	$(Q)$(CC) -pie -rdynamic $(all_ldflags) -o $@ $^ $(LIB_LIBS) -lpam

# Not under the sanitizers: theirs trace processes themselves. Every seventh call in `make check`.
PAM_FROZEN_TESTS := $(PAM_FROZEN):$(OUT):7
STEP ?= 1

frozen: ## a revocation while a judge or a host is stopped at each STEPth of its system calls: STEP=1
	@conf/deps.sh $(BUILD_PACKAGES)
	@$(MAKE) -j$(JOBS) --no-print-directory all $(PAM_TEST_PROG)
	@tests/run $(OUT)/tests/log $(PAM_FROZEN):$(OUT):$(STEP)
	@grep -h frozen $(OUT)/tests/log/*pam_frozen*-$(STEP).tap | sed 's/^[^-]*- /  /'

check-pam: $(PAM_TEST_PROG) ## run the PAM tests alone
	@tests/run $(OUT)/tests/log $(PAM_TESTS)

.PHONY: check-pam frozen
-include $(patsubst %.o,%.d,$(PAM_CASE_OBJ) $(PAM_HOST_OBJ) $(PAM_ROGUE_OBJ) $(PAM_MATRIX_OBJ) $(PAM_FROZEN_OBJ)) \
         $(OUT)/tests/pam/run.d $(OUT)/tests/pam/module/earlier.d $(OUT)/tests/pam/judge_world.d
