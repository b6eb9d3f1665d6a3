package dev.nettcp.cli.remote;

import java.util.Arrays;
import java.util.List;

/** The reasons that {@code ping --json} may give. */
public final class ReasonNames {

    private ReasonNames() {}

    public static List<String> all() {
        return Arrays.stream(Reason.values()).map(Reason::code).toList();
    }
}
