package dev.nettcp.cli.remote;

import dev.nettcp.connection.SocketFailure;
import dev.nettcp.framing.FaultCode;
import dev.nettcp.framing.via.PrintableText;
import dev.nettcp.framing.via.ViaUri;
import dev.nettcp.transport.ConnectException;
import dev.nettcp.transport.ConnectionLostException;
import dev.nettcp.transport.PeerFaultException;
import dev.nettcp.transport.ProtocolException;
import dev.nettcp.transport.TransportTimeoutException;
import dev.nettcp.transport.UpgradeException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why an attempt failed, in words: what was seen, and what to do about it.
 *
 * @param faultOrNull the URI of the framing fault that the server sent
 */
record Diagnosis(
        Reason reason, String seen, String remedy, @Nullable String faultOrNull) {

    /** What each fault means, [MC-NMF] 2.2.5. */
    private record Meaning(Reason reason, String seen, String remedy) {}

    private static final Map<FaultCode, Meaning> MEANINGS = Map.ofEntries(
            Map.entry(
                    FaultCode.ENDPOINT_NOT_FOUND,
                    new Meaning(
                            Reason.NO_ENDPOINT,
                            "net.tcp is spoken there, but nothing listens at this address",
                            "Compare host and path with the address of the service, letter for letter; on a shared port "
                                    + "'nettcp routes' there lists what is registered, and 'nettcp explain' says why this is not it.")),
            Map.entry(
                    FaultCode.ENDPOINT_UNAVAILABLE,
                    new Meaning(
                            Reason.UNAVAILABLE,
                            "the service is known there, but paused, disabled or not running",
                            "Start it, or try again later.")),
            Map.entry(
                    FaultCode.SERVER_TOO_BUSY,
                    new Meaning(
                            Reason.TOO_BUSY,
                            "the service is too busy: a queue of the server is full",
                            "Try again later. If it stays so, the service does not take its connections: look at its log and its threads.")),
            Map.entry(
                    FaultCode.SERVICE_ACTIVATION_FAILED,
                    new Meaning(
                            Reason.NOT_STARTED,
                            "the service could not be started",
                            "Its log, or that of its host, says why.")),
            Map.entry(
                    FaultCode.CONNECTION_DISPATCH_FAILED,
                    new Meaning(
                            Reason.NOT_HANDED_OVER,
                            "the service is registered, but the connection could not be handed to its process",
                            "The log of the port sharing service says why; the process may hang.")),
            Map.entry(
                    FaultCode.UNSUPPORTED_MODE,
                    new Meaning(
                            Reason.WRONG_MODE,
                            "the service is there, and has another transfer mode",
                            "Ask with --streamed if this was without, and without it if this was with.")),
            Map.entry(
                    FaultCode.CONTENT_TYPE_INVALID,
                    new Meaning(
                            Reason.WRONG_ENCODING,
                            "the service is there, and speaks another message encoding than binary",
                            "Its binding says which: text or MTOM, or binary with or without a session. --streamed asks for binary without.")),
            Map.entry(
                    FaultCode.UPGRADE_INVALID,
                    new Meaning(
                            Reason.SECURITY_NOT_OFFERED,
                            "the service is there, and does not offer TLS",
                            "Ask without --tls: it has no transport security, or Windows security, which this command does not speak.")));

    /** What an attempt was, as far as the words depend on it. */
    record Attempt(ViaUri via, Step step, String who, boolean secured, Duration timeout) {}

    Optional<String> fault() {
        return Optional.ofNullable(faultOrNull);
    }

    static Diagnosis of(Throwable failure, Attempt attempt) {
        if (failure instanceof PeerFaultException refused) {
            return ofFault(refused.fault(), attempt);
        } else if (failure instanceof ConnectException) {
            return notConnected(failure, attempt);
        } else if (failure instanceof TransportTimeoutException) {
            return timedOut(attempt);
        } else if (failure instanceof UpgradeException) {
            return notSecured(failure, attempt);
        } else if (failure instanceof ProtocolException || failure instanceof ConnectionLostException) {
            return lost(failure, attempt);
        }
        return new Diagnosis(Reason.OTHER, String.valueOf(failure.getMessage()), "", null);
    }

    private static Diagnosis ofFault(FaultCode fault, Attempt attempt) {
        Meaning meaning = MEANINGS.getOrDefault(
                fault, new Meaning(Reason.REFUSED, "the server refused the session", "Its log may say why."));
        return new Diagnosis(
                meaning.reason(),
                "%s answered with the fault %s: %s"
                        .formatted(attempt.who(), PrintableText.of(fault.name()), meaning.seen()),
                meaning.remedy(),
                fault.uri());
    }

    private static Diagnosis notConnected(Throwable failure, Attempt attempt) {
        String host = attempt.via().host();
        int port = attempt.via().port();
        Throwable cause = failure.getCause();
        if (cause instanceof UnknownHostException || attempt.step() == Step.LOOK_UP) {
            return new Diagnosis(
                    Reason.NAME_UNKNOWN,
                    "the name %s is unknown".formatted(host),
                    "Check its spelling, then DNS or /etc/hosts: 'getent hosts %s'.".formatted(host),
                    null);
        }
        String why = cause == null ? "no address" : SocketFailure.text(cause);
        return why.contains("refused")
                ? new Diagnosis(
                        Reason.PORT_CLOSED,
                        "port %d of %s is closed: nobody listens there, or a firewall refuses".formatted(port, host),
                        "Is the service running, and is this its port? On that host 'ss -ltn sport = :%d' tells."
                                .formatted(port),
                        null)
                : new Diagnosis(
                        Reason.UNREACHABLE,
                        "%s cannot be reached: %s".formatted(host, why),
                        "Is the host up, and is there a route to it? 'ip route get' tells.",
                        null);
    }

    private static Diagnosis timedOut(Attempt attempt) {
        String remedy = switch (attempt.step()) {
            case LOOK_UP -> "The name server does not answer: look at /etc/resolv.conf.";
            case CONNECT -> "Packets are lost on the way: the host is down, or a firewall drops them in silence.";
            case AGREE, ACKNOWLEDGE ->
                "Somebody took the connection and says nothing: a service that hangs or has no place for more connections, or no net.tcp service.";
            case HANDSHAKE -> "The server began the handshake and does not go on with it: its log may say why.";
            case CLOSE -> "The service acknowledged the session and does not end it.";
        };
        return new Diagnosis(
                Reason.TIMED_OUT,
                "no answer within %d ms, %s"
                        .formatted(attempt.timeout().toMillis(), attempt.step().meanwhile()),
                remedy + " --timeout gives it more time.",
                null);
    }

    private static Diagnosis notSecured(Throwable failure, Attempt attempt) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException) {
                return new Diagnosis(
                        Reason.CERTIFICATE_NOT_TRUSTED,
                        "the certificate of %s is not accepted here: %s".formatted(attempt.who(), cause.getMessage()),
                        "Name the authority that issued it with --ca, or leave the check out with --insecure to see whether all else is well.",
                        null);
            }
        }
        return new Diagnosis(
                Reason.HANDSHAKE_FAILED,
                "TLS with %s failed: %s".formatted(attempt.who(), rootMessage(failure)),
                "The versions and the certificates of both sides must suit each other; --cert shows a certificate of yours.",
                null);
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        for (@Nullable Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            root = cause;
        }
        return String.valueOf(root.getMessage());
    }

    private static Diagnosis lost(Throwable failure, Attempt attempt) {
        if (attempt.secured() && attempt.step() == Step.ACKNOWLEDGE) {
            return new Diagnosis(
                    Reason.CLIENT_CERTIFICATE_REFUSED,
                    "%s ended the connection after the TLS handshake".formatted(attempt.who()),
                    "Most often it wants a client's certificate, or another one: show it with --cert. Its log says.",
                    null);
        }
        return new Diagnosis(
                Reason.CONNECTION_LOST,
                "%s ended the connection, %s"
                        .formatted(attempt.who(), attempt.step().meanwhile()),
                failure.getMessage() == null ? "" : "Seen: " + failure.getMessage(),
                null);
    }

    /** It is another protocol: these are its first words. */
    static Diagnosis notNetTcp(String who, String words) {
        return new Diagnosis(
                Reason.NOT_NET_TCP,
                "%s does not speak net.tcp: it says \"%s\"".formatted(who, words),
                words.startsWith("HTTP/")
                        ? "That is HTTP. The port of the net.tcp binding is another one, by default 808."
                        : "Check the port: that of the net.tcp binding is by default 808.",
                null);
    }

    /** It is silent to a session without security, and offers this one. */
    static Diagnosis securityNeeded(String who, String upgrade) {
        boolean tls = upgrade.equals("application/ssl-tls");
        return new Diagnosis(
                Reason.SECURITY_NEEDED,
                "%s ends connections without security, and offers %s (%s)"
                        .formatted(who, tls ? "TLS" : "Windows security", upgrade),
                tls ? "Ask with --tls." : "This command does not speak it; a .NET client does.",
                null);
    }
}
