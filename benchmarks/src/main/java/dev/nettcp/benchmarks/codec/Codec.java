package dev.nettcp.benchmarks.codec;

/** One message, written and read with one library, which may reuse for the next round whatever it can reuse. */
interface Codec {

    /** Writes the message into memory; how many bytes it has. */
    int write() throws Exception;

    /** Reads it: checks every name, and takes every value as the type it has. */
    Content read() throws Exception;

    /** What was written last. */
    byte[] document();
}
