# pam_jwt: `make help` lists what can be made.
CC       ?= cc
CFLAGS   ?= -O2 -g
PREFIX   ?= /usr/local
SYSCONFDIR ?= /etc
STATEDIR ?= /var/lib/pam_jwt
RUNDIR   ?= /run/pam_jwt
# libpam looks for modules in one directory only, whatever our prefix.
PAMDIR   ?= /usr/lib/$(shell $(CC) -print-multiarch)/security
LIBEXECDIR ?= $(PREFIX)/libexec/pam_jwt
MANDIR   ?= $(PREFIX)/share/man
FLAVOR   ?= release
OUT      ?= build/$(FLAVOR)
VERSION  := 0.1.0
# `make Q=` shows the commands.
Q        ?= @

LIB_PKGS := libcrypto jansson sqlite3
SAN.asan := -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
SAN.coverage := --coverage -O0
# Fortify needs an optimiser, and hides bugs from the sanitizers.
HARD.release := -D_FORTIFY_SOURCE=2
WARN     := -Wall -Wextra -Wshadow -Wformat=2 -Wconversion -Wstrict-prototypes \
            -Wmissing-prototypes -Wvla -Wundef -Wpointer-arith -Wwrite-strings $(WERROR)
all_cflags = -std=c11 -D_GNU_SOURCE -I. -fPIC -fvisibility=hidden -fstack-protector-strong -fstack-clash-protection \
             -fno-strict-aliasing $(WARN) $(CFLAGS) $(HARD.$(FLAVOR)) $(SAN.$(FLAVOR)) $(LIB_CFLAGS) \
             -DPJWT_VERSION='"$(VERSION)"' -DPJWT_CONFIG='"$(SYSCONFDIR)/pam_jwt/pam_jwt.conf"' \
             -DPJWT_STATE='"$(STATEDIR)"' -DPJWT_RUN='"$(RUNDIR)"' \
             -DPJWT_VERIFY='"$(LIBEXECDIR)/pamjwt-verify"'
all_ldflags = -Wl,-z,relro,-z,now,-z,noexecstack -Wl,--as-needed $(SAN.$(FLAVOR)) $(LDFLAGS)
LIB_CFLAGS = $(shell pkg-config --cflags $(LIB_PKGS) 2>/dev/null)
LIB_LIBS   = $(shell pkg-config --libs $(LIB_PKGS))

# A judge starts for every question, and a fifth of that was spent on finding symbols. SQLite, which sees
# our own files alone, is built into it where its archive is installed; `make BUILT_IN=` leaves it out.
# jansson and crypto may be named, too, but see what was typed: from the system their fixes come by themselves.
# Where pkg-config names a place of its own, nothing is built in.
BUILT_IN ?= sqlite3
archive    = $(if $(filter -L%,$(LIB_LIBS)),,$(filter /%,$(shell $(CC) -print-file-name=lib$(1).a)))
built_in   = $(or $(and $(filter $(BUILT_IN),$(1)),$(call archive,$(1))),-l$(1))
JUDGE_LIBS = $(foreach word,$(LIB_LIBS),$(if $(filter -l%,$(word)),$(call built_in,$(word:-l%=%)),$(word))) -lm

quote = '$(subst ','\'',$(1))'
obj = $(patsubst %.c,$(OUT)/%.o,$(wildcard $(1)))
LIB_OBJ   := $(call obj,lib/*.c lib/*/*.c)
WORLD_OBJ := $(call obj,helper/world*.c)
JUDGE_OBJ := $(call obj,helper/judge/*.c helper/process/*.c)
CMD_OBJ   := $(call obj,helper/*.c helper/cmd/*.c helper/lint/*.c helper/process/*.c)
# The module runs inside other people's root processes: it takes the wire, and no more of lib/.
PAM_OBJ   := $(call obj,pam_jwt/*.c lib/wire/*.c) \
             $(patsubst %,$(OUT)/lib/base/%.o,file file_walk quoted report secret verdict why)
PROGRAMS  := $(OUT)/pam_jwt.so $(OUT)/pamjwt-verify $(OUT)/pamjwt $(OUT)/pamjwt-askpass

all: $(PROGRAMS) ## build everything into build/release

$(OUT)/pam_jwt.so: $(PAM_OBJ) pam_jwt/pam_jwt.map
	@echo '  LINK $@'
	$(Q)$(CC) -shared $(all_ldflags) -Wl,-z,defs -Wl,--version-script=pam_jwt/pam_jwt.map \
	    -o $@ $(PAM_OBJ) -lpam

$(OUT)/libpjwt.a: $(LIB_OBJ)
	@rm -f $@
	$(Q)$(AR) rcs $@ $^

$(OUT)/pamjwt-verify: $(JUDGE_OBJ) $(WORLD_OBJ) $(OUT)/libpjwt.a
	@echo '  LINK $@'
	$(Q)$(CC) -pie $(all_ldflags) -o $@ $^ $(JUDGE_LIBS)

$(OUT)/pamjwt: $(CMD_OBJ) $(OUT)/libpjwt.a
	@echo '  LINK $@'
	$(Q)$(CC) -pie $(all_ldflags) -o $@ $^ $(LIB_LIBS)

$(OUT)/pamjwt-askpass: helper/pamjwt-askpass
	@mkdir -p $(@D)
	install -m 0755 $< $@

# Rewritten only when the flags change: the paths are compiled in, so `make` and then
# `make install PREFIX=/usr` must build anew.
$(OUT)/flags: FORCE
	@mkdir -p $(@D)
	@printf '%s\n' $(call quote,$(CC) $(all_cflags) $(CPPFLAGS)) | cmp -s - $@ || \
	    printf '%s\n' $(call quote,$(CC) $(all_cflags) $(CPPFLAGS)) > $@

$(OUT)/%.o: %.c Makefile $(OUT)/flags
	@mkdir -p $(@D)
	@echo '  CC   $<'
	$(Q)$(CC) $(all_cflags) $(CPPFLAGS) -MMD -MP -c -o $@ $<

include helper/cmd/sample.mk
include conf/install.mk
include tests/tests.mk

clean: ## remove the build tree
	rm -rf build

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
.SECONDARY:
.PHONY: all clean help FORCE
-include $(shell find $(OUT) -name '*.d' 2>/dev/null)
