package dev.nettcp.cli;

import picocli.CommandLine.Option;

/** Every listing can be had for programs. */
final class JsonOption {

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    boolean isWanted() {
        return json;
    }
}
