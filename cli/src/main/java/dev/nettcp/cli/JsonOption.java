package dev.nettcp.cli;

import picocli.CommandLine.Option;

/** Every listing can be had for programs. */
public final class JsonOption {

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    /** Whether it was asked for. */
    public boolean isWanted() {
        return json;
    }
}
