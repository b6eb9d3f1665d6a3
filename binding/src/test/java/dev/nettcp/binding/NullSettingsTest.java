package dev.nettcp.binding;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a caller without a checker of nulls may do. */
@NullUnmarked
class NullSettingsTest {

    static Stream<Arguments> setters() {
        return Stream.of(
                setter("security", NetTcpBinding.Builder::security),
                setter("transferMode", NetTcpBinding.Builder::transferMode),
                setter("hostNameComparisonMode", NetTcpBinding.Builder::hostNameComparisonMode),
                setter("readerQuotas", NetTcpBinding.Builder::readerQuotas),
                setter("connectionPoolSettings", NetTcpBinding.Builder::connectionPoolSettings),
                setter("openTimeout", NetTcpBinding.Builder::openTimeout),
                setter("closeTimeout", NetTcpBinding.Builder::closeTimeout),
                setter("sendTimeout", NetTcpBinding.Builder::sendTimeout),
                setter("receiveTimeout", NetTcpBinding.Builder::receiveTimeout),
                setter("messageSecurity", NetTcpBinding.Builder::messageSecurity),
                setter("tcpTransport", NetTcpBinding.Builder::tcpTransport),
                setter("transactionProtocol", NetTcpBinding.Builder::transactionProtocol),
                setter("maxOutputDelay", NetTcpBinding.Builder::maxOutputDelay),
                setter("extendedProtectionPolicy", NetTcpBinding.Builder::extendedProtectionPolicy),
                setter("channelInitializationTimeout", NetTcpBinding.Builder::channelInitializationTimeout));
    }

    private static <T> Arguments setter(String setting, BiConsumer<NetTcpBinding.Builder, T> setter) {
        return Arguments.of(setting, setter);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("setters")
    <T> void nullIsRefusedByNameWhenItIsSet(String setting, BiConsumer<NetTcpBinding.Builder, T> setter) {
        NetTcpBinding.Builder builder = NetTcpBinding.builder();

        assertThatThrownBy(() -> setter.accept(builder, null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage(setting);
    }
}
