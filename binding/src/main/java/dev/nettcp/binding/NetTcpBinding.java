package dev.nettcp.binding;

import dev.nettcp.binding.config.AppConfig;
import dev.nettcp.binding.config.AppConfigException;
import dev.nettcp.binding.config.ConfiguredBinding;
import dev.nettcp.connection.AcceptLimits;
import dev.nettcp.framing.via.HostNameComparisonMode;
import dev.nettcp.framing.via.ViaUri;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What both sides of a service agree on and how this side behaves: SOAP 1.2 with WS-Addressing 1.0 in binary XML over net.tcp.
 * Settings have the names and the defaults of WCF's {@code NetTcpBinding}. Immutable; one binding serves any number of servers
 * and clients.
 *
 * <p>What does not exist yet is refused by name when it is set, and so is a default that does not exist yet: WCF's default of
 * the security mode is {@link SecurityMode#TRANSPORT} by Windows' means, hence {@link Builder#security security} must be said.
 */
public final class NetTcpBinding {
    /** Of the URIs of endpoints. */
    public static final String SCHEME = ViaUri.NET_TCP;

    private final @Nullable TransportSecurity transportSecurity;
    private final MessageSecurity messageSecurity;
    private final TransferMode transferMode;
    private final Timeouts timeouts;
    private final MessageLimits messageLimits;
    private final ReaderQuotas readerQuotas;
    private final ListenerSettings listener;
    private final TcpTransportSettings tcpTransport;
    private final ConnectionPoolSettings connectionPoolSettings;
    private final ServiceThrottle serviceThrottle;
    private final OptionalReliableSession reliableSession;
    private final TransactionProtocol transactionProtocol;

    private NetTcpBinding(Builder builder) {
        this.transportSecurity = builder.transportSecurity();
        this.messageSecurity = builder.messageSecurity;
        this.transferMode = builder.transferMode;
        this.timeouts = builder.timeouts;
        this.messageLimits = builder.limits();
        this.readerQuotas = builder.readerQuotas;
        this.listener = builder.listener();
        this.tcpTransport = builder.tcpTransport;
        this.connectionPoolSettings = builder.pool();
        this.serviceThrottle = builder.serviceThrottle;
        this.reliableSession = builder.reliableSession;
        this.transactionProtocol = builder.transactionProtocol;
    }

    /** A builder with every setting at its default, and the security mode still to be said. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * A binding out of the configuration file of a .NET program: a {@code <netTcpBinding>}, or a {@code <customBinding>} of tcpTransport,
     * sslStreamSecurity and a binary encoding. More of such a file: {@link AppConfig}.
     *
     * @param file {@code app.config}, {@code web.config} and the like
     * @param name of the binding; empty for the default binding
     * @return the binding, and what of the file has no meaning here, with the reasons
     * @throws IOException if the file cannot be read
     * @throws AppConfigException if there is no such binding, or it says what is wrong or cannot be had here; with file and line
     */
    public static ConfiguredBinding fromXml(Path file, String name) throws IOException {
        return AppConfig.read(file).binding(name);
    }

    /** Where the security is. */
    public SecurityMode security() {
        return transportSecurity == null ? SecurityMode.NONE : SecurityMode.TRANSPORT;
    }

    /** How the stream is secured; empty while {@link #security()} is {@link SecurityMode#NONE}. */
    public Optional<TransportSecurity> transportSecurity() {
        return Optional.ofNullable(transportSecurity);
    }

    /** Without meaning here, see {@link MessageSecurity}. */
    public MessageSecurity messageSecurity() {
        return messageSecurity;
    }

    /** Of the URIs of endpoints: {@code net.tcp}. */
    public String scheme() {
        return SCHEME;
    }

    /** There is one. */
    public EnvelopeVersion envelopeVersion() {
        return EnvelopeVersion.SOAP_12;
    }

    /** How envelopes travel. */
    public TransferMode transferMode() {
        return transferMode;
    }

    /** How long an operation may take. */
    public Timeouts timeouts() {
        return timeouts;
    }

    /** How large a message may be. */
    public MessageLimits messageLimits() {
        return messageLimits;
    }

    /** What the reader of messages accepts. */
    public ReaderQuotas readerQuotas() {
        return readerQuotas;
    }

    /** How a server listens. */
    public ListenerSettings listener() {
        return listener;
    }

    /** What is left of the transport, and has no effect of its own here. */
    public TcpTransportSettings tcpTransport() {
        return tcpTransport;
    }

    /** As in WCF the limit of the listening side, maxPendingConnections, by another name. */
    public int maxConnections() {
        return listener.limits().maxPendingConnections();
    }

    /** How connections are kept. */
    public ConnectionPoolSettings connectionPoolSettings() {
        return connectionPoolSettings;
    }

    /** How much a server does at the same time. */
    public ServiceThrottle serviceThrottle() {
        return serviceThrottle;
    }

    /** Switched off. */
    public OptionalReliableSession reliableSession() {
        return reliableSession;
    }

    /** Whether transactions flow: they do not. */
    public boolean transactionFlow() {
        return false;
    }

    /** Without meaning here, as no transactions flow. */
    public TransactionProtocol transactionProtocol() {
        return transactionProtocol;
    }

    /** Collects the settings of a binding. Not for use by several threads. */
    public static final class Builder {
        private @Nullable SecurityMode security;
        private @Nullable TransportSecurity transportSecurity;
        private MessageSecurity messageSecurity = MessageSecurity.DEFAULT;
        private TransferMode transferMode = TransferMode.BUFFERED;
        private Timeouts timeouts = Timeouts.DEFAULT;
        private ReaderQuotas readerQuotas = new ReaderQuotas();
        private TcpTransportSettings tcpTransport = TcpTransportSettings.DEFAULT;
        private OptionalReliableSession reliableSession = OptionalReliableSession.DEFAULT;
        private TransactionProtocol transactionProtocol = TransactionProtocol.OLE_TRANSACTIONS;
        private @Nullable ConnectionPoolSettings pool;
        private ServiceThrottle serviceThrottle = ServiceThrottle.DEFAULT;
        private boolean portSharingEnabled = ListenerSettings.DEFAULT.portSharingEnabled();
        private HostNameComparisonMode hostNameComparisonMode = ListenerSettings.DEFAULT.hostNameComparisonMode();
        private Duration channelInitializationTimeout = ListenerSettings.DEFAULT.channelInitializationTimeout();
        private long maxReceivedMessageSize = MessageLimits.DEFAULT.maxReceivedMessageSize();
        private long maxBufferPoolSize = MessageLimits.DEFAULT.maxBufferPoolSize();
        private @Nullable Integer maxBufferSize;
        private @Nullable Integer maxConnections;
        private @Nullable Integer listenBacklog;
        private @Nullable Integer maxPendingConnections;
        private @Nullable Integer maxPendingAccepts;

        private Builder() {}

        /**
         * The security mode, {@link SecurityMode#NONE} or {@link SecurityMode#TRANSPORT}. The latter is WCF's default, with the client
         * credential type WINDOWS, which does not exist here: what takes its place must be said by {@link #transportSecurity}.
         */
        public Builder security(SecurityMode mode) {
            if (Objects.requireNonNull(mode, "security") != SecurityMode.NONE && mode != SecurityMode.TRANSPORT) {
                throw InvalidBindingException.notImplemented("security", mode, "NONE is, and TRANSPORT with TLS");
            }
            security = mode;
            return this;
        }

        /** How {@link SecurityMode#TRANSPORT} secures the stream. */
        public Builder transportSecurity(TransportSecurity settings) {
            transportSecurity = Objects.requireNonNull(settings, "transportSecurity");
            return this;
        }

        /** By default {@link TransferMode#BUFFERED}. Both sides must agree on whether it is that or another. */
        public Builder transferMode(TransferMode mode) {
            transferMode = Objects.requireNonNull(mode, "transferMode");
            return this;
        }

        /** Without meaning, see {@link MessageSecurity}; for settings that come from elsewhere. */
        public Builder messageSecurity(MessageSecurity settings) {
            messageSecurity = Objects.requireNonNull(settings, "messageSecurity");
            return this;
        }

        /** By default off, the only choice in this version. */
        public Builder reliableSession(boolean enabled) {
            OptionalReliableSession before = reliableSession;
            return reliableSession(new OptionalReliableSession(enabled, before.ordered(), before.inactivityTimeout()));
        }

        /** By default off, the only choice in this version; for settings that come from elsewhere. */
        public Builder reliableSession(OptionalReliableSession settings) {
            reliableSession = Objects.requireNonNull(settings, "reliableSession");
            return this;
        }

        /** By default off, the only choice in this version. */
        public Builder transactionFlow(boolean enabled) {
            if (enabled) {
                throw InvalidBindingException.notImplemented("transactionFlow", true, "only false is");
            }
            return this;
        }

        /** Without meaning, as no transactions flow; for settings that come from elsewhere. */
        public Builder transactionProtocol(TransactionProtocol protocol) {
            transactionProtocol = Objects.requireNonNull(protocol, "transactionProtocol");
            return this;
        }

        /** By default off. Teredo is a matter of Windows: the only choice here. */
        public Builder teredoEnabled(boolean enabled) {
            return tcpTransport(tcpTransport.withTeredoEnabled(enabled));
        }

        /** By default off, the only choice in this version. */
        public Builder manualAddressing(boolean enabled) {
            return tcpTransport(tcpTransport.withManualAddressing(enabled));
        }

        /** By default 8192 bytes. Has no effect, see {@link TcpTransportSettings}, but on which endpoints share a listener. */
        public Builder connectionBufferSize(int bytes) {
            return tcpTransport(tcpTransport.withConnectionBufferSize(bytes));
        }

        /** By default 200 ms. Has no effect, see {@link TcpTransportSettings}, but on which endpoints share a listener. */
        public Builder maxOutputDelay(Duration delay) {
            return tcpTransport(tcpTransport.withMaxOutputDelay(delay));
        }

        /** By default {@link ExtendedProtectionPolicy#NEVER}, the only choice in this version. */
        public Builder extendedProtectionPolicy(ExtendedProtectionPolicy policy) {
            return tcpTransport(tcpTransport.withExtendedProtectionPolicy(policy));
        }

        /** What is left of the transport, at once. */
        public Builder tcpTransport(TcpTransportSettings settings) {
            tcpTransport = Objects.requireNonNull(settings, "tcpTransport");
            return this;
        }

        /** By default 1 minute. */
        public Builder openTimeout(Duration timeout) {
            timeouts =
                    new Timeouts(timeout, timeouts.closeTimeout(), timeouts.sendTimeout(), timeouts.receiveTimeout());
            return this;
        }

        /** By default 1 minute. */
        public Builder closeTimeout(Duration timeout) {
            timeouts = new Timeouts(timeouts.openTimeout(), timeout, timeouts.sendTimeout(), timeouts.receiveTimeout());
            return this;
        }

        /** By default 1 minute. */
        public Builder sendTimeout(Duration timeout) {
            timeouts =
                    new Timeouts(timeouts.openTimeout(), timeouts.closeTimeout(), timeout, timeouts.receiveTimeout());
            return this;
        }

        /** By default 10 minutes. */
        public Builder receiveTimeout(Duration timeout) {
            timeouts = new Timeouts(timeouts.openTimeout(), timeouts.closeTimeout(), timeouts.sendTimeout(), timeout);
            return this;
        }

        /** Largest message that is accepted, in bytes; by default 65 536. In a streamed transfer mode it may be of any size. */
        public Builder maxReceivedMessageSize(long bytes) {
            maxReceivedMessageSize = bytes;
            return this;
        }

        /**
         * By default the same as maxReceivedMessageSize, which it must equal while messages are buffered. In a streamed transfer mode 65 536, or
         * maxReceivedMessageSize if that is less: it limits the headers there.
         */
        public Builder maxBufferSize(int bytes) {
            maxBufferSize = bytes;
            return this;
        }

        /** By default 524 288. Has no effect, see {@link MessageLimits}. */
        public Builder maxBufferPoolSize(long bytes) {
            maxBufferPoolSize = bytes;
            return this;
        }

        /** What the reader of messages accepts. */
        public Builder readerQuotas(ReaderQuotas quotas) {
            readerQuotas = Objects.requireNonNull(quotas, "readerQuotas");
            return this;
        }

        /** Whether the port is shared with other processes through the service; by default not. */
        public Builder portSharingEnabled(boolean enabled) {
            portSharingEnabled = enabled;
            return this;
        }

        /** By default {@link HostNameComparisonMode#STRONG_WILDCARD}. */
        public Builder hostNameComparisonMode(HostNameComparisonMode mode) {
            hostNameComparisonMode = Objects.requireNonNull(mode, "hostNameComparisonMode");
            return this;
        }

        /** By default 30 seconds. */
        public Builder channelInitializationTimeout(Duration timeout) {
            channelInitializationTimeout = Settings.positive(timeout, "channelInitializationTimeout");
            return this;
        }

        /** Sets both maxPendingConnections and the pool's maxOutboundConnectionsPerEndpoint, as in WCF. */
        public Builder maxConnections(int connections) {
            maxConnections = Settings.positive(connections, "maxConnections");
            return this;
        }

        /**
         * How many connections may wait in the kernel to be accepted; by default 12 for each processor. As high as the largest burst that is
         * expected: clients beyond it are not refused, as on Windows, but wait a second or more. Has no effect on a shared port, where the
         * service's configuration has this setting.
         */
        public Builder listenBacklog(int connections) {
            listenBacklog = Settings.positive(connections, "listenBacklog");
            return this;
        }

        /** Connections whose preamble is not finished; by default 12 for each processor. */
        public Builder maxPendingConnections(int connections) {
            maxPendingConnections = Settings.positive(connections, "maxPendingConnections");
            return this;
        }

        /** By default 2 for each processor. */
        public Builder maxPendingAccepts(int connections) {
            maxPendingAccepts = Settings.positive(connections, "maxPendingAccepts");
            return this;
        }

        /** Sessions of a server that are open at the same time; by default 100 for each processor. See {@link ServiceThrottle}. */
        public Builder maxConcurrentSessions(int sessions) {
            serviceThrottle = new ServiceThrottle(sessions, serviceThrottle.maxConcurrentCalls());
            return this;
        }

        /** Messages that the handlers of a server work on at the same time; by default 16 for each processor. See {@link ServiceThrottle}. */
        public Builder maxConcurrentCalls(int calls) {
            serviceThrottle = new ServiceThrottle(serviceThrottle.maxConcurrentSessions(), calls);
            return this;
        }

        /** How a client keeps connections. */
        public Builder connectionPoolSettings(ConnectionPoolSettings settings) {
            pool = Objects.requireNonNull(settings, "connectionPoolSettings");
            return this;
        }

        /**
         * The binding.
         *
         * @throws InvalidBindingException if the security mode was not said, a value is out of range, or two settings
         *     contradict each other
         */
        public NetTcpBinding build() {
            return new NetTcpBinding(this);
        }

        private @Nullable TransportSecurity transportSecurity() {
            if (security == null) {
                throw InvalidBindingException.notImplemented(
                        "security",
                        SecurityMode.TRANSPORT + " with clientCredentialType WINDOWS (the default)",
                        "say security(SecurityMode.NONE), or TRANSPORT and transportSecurity");
            }
            if (security == SecurityMode.TRANSPORT && transportSecurity == null) {
                throw InvalidBindingException.notImplemented(
                        "clientCredentialType",
                        ClientCredentialType.WINDOWS + " (the default of security=TRANSPORT)",
                        "say transportSecurity(TransportSecurity.tls(...)) to use TLS");
            }
            if (security == SecurityMode.NONE && transportSecurity != null) {
                throw new InvalidBindingException(
                        "transportSecurity", "contradicts security=NONE; say security(SecurityMode.TRANSPORT)");
            }
            return transportSecurity;
        }

        private MessageLimits limits() {
            return transferMode.isStreamed()
                    ? MessageLimits.streamed(maxReceivedMessageSize, maxBufferSize, maxBufferPoolSize)
                    : MessageLimits.buffered(maxReceivedMessageSize, maxBufferSize, maxBufferPoolSize);
        }

        private ListenerSettings listener() {
            refuseContradiction("maxPendingConnections", maxPendingConnections);
            AcceptLimits defaults = AcceptLimits.DEFAULT;
            int pending = firstSet(maxPendingConnections, maxConnections, defaults.maxPendingConnections());
            AcceptLimits limits = new AcceptLimits(
                    firstSet(listenBacklog, null, defaults.listenBacklog()),
                    pending,
                    firstSet(maxPendingAccepts, null, defaults.maxPendingAccepts()));
            return new ListenerSettings(
                    portSharingEnabled, hostNameComparisonMode, limits, channelInitializationTimeout);
        }

        private ConnectionPoolSettings pool() {
            if (pool != null) {
                refuseContradiction(
                        "connectionPoolSettings.maxOutboundConnectionsPerEndpoint",
                        pool.maxOutboundConnectionsPerEndpoint());
                return pool;
            }
            ConnectionPoolSettings defaults = ConnectionPoolSettings.DEFAULT;
            return maxConnections == null
                    ? defaults
                    : new ConnectionPoolSettings(
                            defaults.groupName(), defaults.idleTimeout(), defaults.leaseTimeout(), maxConnections);
        }

        private void refuseContradiction(String setting, @Nullable Integer value) {
            if (value != null && maxConnections != null && !value.equals(maxConnections)) {
                throw new InvalidBindingException(
                        setting, value + " contradicts maxConnections=" + maxConnections + ", which sets it too");
            }
        }

        private static int firstSet(@Nullable Integer first, @Nullable Integer second, int otherwise) {
            return first != null ? first : second != null ? second : otherwise;
        }
    }
}
