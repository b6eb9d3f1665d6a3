package dev.nettcp.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SocketFailureTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            finishConnect(..) failed with error(-111): Connection refused: localhost/127.0.0.1:1 | Connection refused
            Connection refused: /[0:0:0:0:0:0:0:1]:80               | Connection refused
            recvAddress(..) failed with error(-104): Connection reset by peer | Connection reset by peer
            Connection reset                                        | Connection reset
            bind(..) failed with error(-22): Invalid argument       | Invalid argument
            No route to host: really                                | No route to host: really
            """)
    void onlyWhatTheSystemSaysIsTold(String message, String told) {
        assertThat(SocketFailure.text(new IOException(message))).isEqualTo(told);
    }

    @Test
    void aFailureWithoutWordsIsToldByItsKind() {
        assertThat(SocketFailure.text(new IOException())).isEqualTo("IOException");
    }
}
