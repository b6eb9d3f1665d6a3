package dev.nettcp.sharing.service.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DescriptorLimitTest {
    private static final String FORM = """
            Limit                     Soft Limit           Hard Limit           Units
            Max core file size        0                    unlimited            bytes
            Max open files            %s                 4096                 files
            """;

    @Test
    void theLimitInForceIsTheSoftOne() {
        assertThat(DescriptorLimit.parse(FORM.formatted("300"))).isEqualTo(300);
        assertThat(DescriptorLimit.parse(FORM.formatted("unlimited"))).isEqualTo(Integer.MAX_VALUE);
        assertThat(DescriptorLimit.parse(FORM.formatted("1073741816"))).isEqualTo(Integer.MAX_VALUE);
        assertThat(DescriptorLimit.parse("something else")).isEqualTo(1024);
    }

    @Test
    void theAutomaticNumbersLeaveHalfOfTheDescriptorsForClients() throws ConfigException {
        RegistrationSettings derived = RegistrationSettings.of(ConfigFile.parse("test", ""), 1400);

        assertThat(derived).isEqualTo(new RegistrationSettings(100, 75, 175));
    }
}
