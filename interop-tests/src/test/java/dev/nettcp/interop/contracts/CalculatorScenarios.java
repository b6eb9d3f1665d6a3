package dev.nettcp.interop.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.examples.CalculatorClient;
import java.util.Map;

/** The calculator of Microsoft's port sharing sample. */
final class CalculatorScenarios {

    private CalculatorScenarios() {}

    @FunctionalInterface
    private interface Calls {
        void run(CalculatorClient client) throws Exception;
    }

    static Map<String, Scenario> all() {
        return new Scenario.Names()
                .add("calculator-add", calls(c -> assertThat(c.add(100, 15.99)).isEqualTo(115.99)))
                .add(
                        "calculator-subtract",
                        calls(c -> assertThat(c.subtract(145, 76.54)).isEqualTo(68.46)))
                .add(
                        "calculator-multiply",
                        calls(c -> assertThat(c.multiply(9, 81.25)).isEqualTo(731.25)))
                .add("calculator-divide", calls(c -> assertThat(c.divide(22, 7)).isEqualTo(22.0 / 7)))
                .add(
                        "calculator-divide-by-zero",
                        calls(c -> assertThat(c.divide(1, 0)).isEqualTo(Double.POSITIVE_INFINITY)))
                .add("calculator-all", calls(c -> {
                    for (int i = 1; i <= 20; i++) {
                        assertThat(c.add(i, 0.5)).isEqualTo(i + 0.5);
                        assertThat(c.subtract(i, 0.5)).isEqualTo(i - 0.5);
                        assertThat(c.multiply(i, 0.5)).isEqualTo(i * 0.5);
                        assertThat(c.divide(i, 0.5)).isEqualTo(i / 0.5);
                    }
                }))
                .all();
    }

    private static Scenario calls(Calls calls) {
        return site -> {
            try (CalculatorClient client = new CalculatorClient(
                    site.address("/calculator"), site.buffered().build())) {
                calls.run(client);
            }
        };
    }
}
