package dev.nettcp.benchmarks.codec;

import java.util.Random;

/** The four messages; the same as those of the .NET codec's benchmark, byte for byte. */
public enum Sample {
    TYPED20("20 typed fields", Names.DEMO, Order.SAMPLE),
    INTS1000("1000 ints", Names.ARRAYS, ints()),
    DOUBLES1000("1000 doubles", Names.ARRAYS, doubles()),
    BLOB64K("64 KiB of bytes", Names.DEMO, blob());

    /** For the report. */
    final String title;

    /** What the prefix b stands for within the body. */
    final String namespace;

    @SuppressWarnings("ImmutableEnumChecker") // arrays, which nobody changes
    final Content content;

    Sample(String title, String namespace, Object body) {
        this.title = title;
        this.namespace = namespace;
        this.content =
                new Content(Names.ACTION_TEXT, "urn:uuid:" + Names.MESSAGE_ID, Names.ANONYMOUS, Names.TO_TEXT, body);
    }

    private static int[] ints() {
        return new Random(1).ints(1000, 0, 1_000_000).toArray();
    }

    private static double[] doubles() {
        var random = new Random(2);
        double[] values = new double[1000];
        for (int i = 0; i < values.length; i++) values[i] = Math.round(random.nextDouble() * 1e8) / 1e4;
        return values;
    }

    private static byte[] blob() {
        byte[] bytes = new byte[65_536];
        new Random(3).nextBytes(bytes);
        return bytes;
    }
}
