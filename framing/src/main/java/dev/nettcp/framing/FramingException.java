package dev.nettcp.framing;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The peer broke the protocol or went over a limit. Carries the fault that the specification names for the case, if it
 * names one; without a fault the connection is aborted. Whether a fault really goes out is the {@link FaultPolicy}'s
 * question, and never a client's: clients send none.
 */
public final class FramingException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient @Nullable FaultCode fault;
    private final boolean silentInOriginal;
    private final long bytesToCome;

    private FramingException(@Nullable FaultCode fault, boolean silentInOriginal, long bytesToCome, String message) {
        super(message);
        this.fault = fault;
        this.silentInOriginal = silentInOriginal;
        this.bytesToCome = bytesToCome;
    }

    /** A violation for which there is no fault: the connection is aborted. */
    public static FramingException abort(String message) {
        return new FramingException(null, true, 0, message);
    }

    /** A refusal that a .NET listener answers with this fault too. */
    public static FramingException fault(FaultCode fault, String message) {
        return new FramingException(fault, false, 0, message);
    }

    /** A refusal for which the specification has this fault, although a .NET listener aborts without a word. */
    public static FramingException faultUnknownToOriginal(FaultCode fault, String message) {
        return new FramingException(fault, true, 0, message);
    }

    /** An envelope over the limit, of which so many bytes are still to come. */
    static FramingException envelopeTooLarge(long bytesToCome, String message) {
        return new FramingException(FaultCode.MAX_MESSAGE_SIZE_EXCEEDED, false, bytesToCome, message);
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }

    /** The fault the specification names for this case; empty: none, abort. */
    public Optional<FaultCode> fault() {
        return Optional.ofNullable(fault);
    }

    /** Whether a .NET listener aborts here without sending a fault. */
    public boolean silentInOriginal() {
        return silentInOriginal;
    }

    /** How many bytes of the refused record the peer has announced and will probably still send; 0 if unknown. */
    public long bytesToCome() {
        return bytesToCome;
    }
}
