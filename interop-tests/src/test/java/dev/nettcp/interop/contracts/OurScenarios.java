package dev.nettcp.interop.contracts;

import java.util.Map;

/** The scenarios of the .NET client, done by ours. */
final class OurScenarios {

    private OurScenarios() {}

    /** Whether our client cannot do it: it speaks no other encoding than binary yet, and knows no Windows security. */
    static boolean cannotBe(String scenario) {
        return scenario.matches("(text|mtom|gzip|windows)-.*");
    }

    static Map<String, Scenario> of(Contract contract) {
        return switch (contract) {
            case TYPES -> TypesScenarios.all();
            case SESSION -> SessionScenarios.all();
            case DUPLEX -> DuplexScenarios.all();
            case STREAMING -> StreamingScenarios.all();
            case CALCULATOR -> CalculatorScenarios.all();
            case RAW -> RawScenarios.buffered();
            case RAW_STREAMED -> RawScenarios.streamed();
            case POOLING -> PoolingScenarios.all();
            case REFUSALS -> RefusalScenarios.all();
        };
    }
}
