package dev.nettcp.framing;

import java.util.Optional;

/** Which violations are answered with a fault, and which with silence. */
public enum FaultPolicy {
    /** Every case that has a fault in the specification is answered with it: clients understand them all. */
    FRIENDLY {
        @Override
        public Optional<FaultCode> answerTo(FramingException violation) {
            return violation.fault();
        }
    },
    /** As a .NET listener on a port of its own: silent about texts that are too long and modes not meant for TCP. */
    STRICT {
        @Override
        public Optional<FaultCode> answerTo(FramingException violation) {
            return violation.silentInOriginal() ? Optional.empty() : violation.fault();
        }
    },
    /** As the original port sharing service: silent about everything that is wrong with a preamble. */
    STRICT_SERVICE {
        @Override
        public Optional<FaultCode> answerTo(FramingException violation) {
            return Optional.empty();
        }
    };

    /** The fault to send before closing; empty: abort without a word. */
    public abstract Optional<FaultCode> answerTo(FramingException violation);
}
