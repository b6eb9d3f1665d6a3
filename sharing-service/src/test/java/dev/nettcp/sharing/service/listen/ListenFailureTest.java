package dev.nettcp.sharing.service.listen;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.unix.Errors.NativeIoException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class ListenFailureTest {
    private static final InetSocketAddress ADDRESS = new InetSocketAddress(InetAddress.getLoopbackAddress(), 808);

    @Test
    void aPortThatNeedsAPrivilegeIsAnsweredWithTheWaysToOpenIt() {
        assertThat(new ListenFailure(ADDRESS, new NativeIoException("bind", -13)))
                .hasMessageStartingWith("cannot listen on 127.0.0.1:808: the service's user may not open this port; ")
                .hasMessageContaining("CAP_NET_BIND_SERVICE")
                .hasMessageContaining("ip_unprivileged_port_start");
    }

    @Test
    void anythingElseIsSaidAsTheKernelSaysIt() {
        assertThat(new ListenFailure(ADDRESS, new NativeIoException("bind", -98)))
                .hasMessageStartingWith("cannot listen on 127.0.0.1:808: bind(..) failed")
                .hasMessageContaining("in use");
    }
}
