# Where things go, and how they leave again. DESTDIR, PREFIX and the *DIR variables move them.
DOCDIR ?= $(PREFIX)/share/doc/pam_jwt
# NAME:PAGE. Verbs that stand on another's page are found under their own names all the same.
PAGE_NAMES := pamjwt-block:pamjwt-revoke pamjwt-unblock:pamjwt-revoke pamjwt-reap:pamjwt-login \
              pamjwt-restore:pamjwt-backup pamjwt-version:pamjwt

install: all ## install under PREFIX (DESTDIR is honoured)
	install -D -m 0644 $(OUT)/pam_jwt.so "$(DESTDIR)$(PAMDIR)/pam_jwt.so"
	install -D -m 0755 $(OUT)/pamjwt-verify "$(DESTDIR)$(LIBEXECDIR)/pamjwt-verify"
	install -D -m 0755 $(OUT)/pamjwt "$(DESTDIR)$(PREFIX)/bin/pamjwt"
	install -D -m 0755 $(OUT)/pamjwt-askpass "$(DESTDIR)$(PREFIX)/bin/pamjwt-askpass"
	for page in man/*.[1578]; do \
	    install -D -m 0644 $$page "$(DESTDIR)$(MANDIR)/man$${page##*.}/$${page##*/}"; done
	for name in $(PAGE_NAMES); do \
	    ln -sf $${name#*:}.1 "$(DESTDIR)$(MANDIR)/man1/$${name%:*}.1"; done
	for file in conf/pam_jwt.conf conf/sudo.conf conf/pam.d/* conf/sshd_config.d/* conf/issuers/* conf/systemd/*; do \
	    install -D -m 0644 $$file "$(DESTDIR)$(DOCDIR)/examples/$${file#conf/}"; done

# A pam.d line that names a module which is gone locks people out.
uninstall: ## remove what install put there, unless a pam.d file still names the module
	@# Not by grep's status: it is 2 as soon as one file is missing or a directory.
	@files=$$(grep -ls '^[^#]*pam_jwt\.so' '$(DESTDIR)$(SYSCONFDIR)'/pam.d/* \
	    '$(DESTDIR)$(SYSCONFDIR)/pam.conf'); \
	if [ -n "$$files" ]; then \
	    printf '%s\n' "$$files" 'These files still name pam_jwt.so: take the lines out first.' >&2; \
	    exit 1; fi
	rm -f "$(DESTDIR)$(PAMDIR)/pam_jwt.so" "$(DESTDIR)$(PREFIX)/bin/pamjwt" \
	    "$(DESTDIR)$(PREFIX)/bin/pamjwt-askpass"
	rm -rf "$(DESTDIR)$(LIBEXECDIR)" "$(DESTDIR)$(DOCDIR)"
	for page in man/*.[1578]; do \
	    rm -f "$(DESTDIR)$(MANDIR)/man$${page##*.}/$${page##*/}"; done
	for name in $(PAGE_NAMES); do rm -f "$(DESTDIR)$(MANDIR)/man1/$${name%:*}.1"; done

# Debian packages, installed only when missing; as an ordinary user it says which are.
BUILD_PACKAGES := libc6-dev libpam0g-dev libssl-dev libjansson-dev libsqlite3-dev pkg-config
TEST_PACKAGES  := libcmocka-dev libpam-wrapper pamtester expect jq mandoc openssl openssh-client faketime
LINT_PACKAGES  := clang clang-format clang-tidy cppcheck shellcheck mandoc
COVERAGE_PACKAGES := gcovr

deps: ## install the Debian packages that building needs, if any are missing
	@conf/deps.sh $(BUILD_PACKAGES)

dist: ## a source archive of the last commit
	@mkdir -p build
	git archive --prefix=pam_jwt-$(VERSION)/ -o build/pam_jwt-$(VERSION).tar.gz HEAD
	@echo build/pam_jwt-$(VERSION).tar.gz

.PHONY: install uninstall deps dist
