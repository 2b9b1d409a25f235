# The sample config, as a C string that helper/cmd/sample.h declares.
SAMPLE := $(OUT)/sample/sample_lines

$(SAMPLE).c: conf/pam_jwt.conf helper/cmd/sample.mk
	@mkdir -p $(@D)
	@{ echo '#include "helper/cmd/sample.h"'; echo 'const char pjwt_sample_lines[] ='; \
	    sed -e 's/[\\"?]/\\&/g' -e 's/.*/"&\\n"/' $<; echo ';'; } > $@

$(SAMPLE).o: $(SAMPLE).c helper/cmd/sample.h
	$(Q)$(CC) $(all_cflags) $(CPPFLAGS) -c -o $@ $<

$(OUT)/pamjwt: $(SAMPLE).o
