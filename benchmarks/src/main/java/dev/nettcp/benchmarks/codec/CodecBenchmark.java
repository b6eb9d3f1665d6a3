package dev.nettcp.benchmarks.codec;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One message written or read with one library. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CodecBenchmark {
    @Param("NETTCP")
    private Format format = Format.NETTCP;

    @Param("TYPED20")
    private Sample sample = Sample.TYPED20;

    private Codec codec = new CopyCodec(Sample.BLOB64K);

    /** Makes the codec, and sees to it that it reads what it wrote. */
    @Setup
    public void prepare() throws Exception {
        codec = format.codec(sample);
        codec.write();
        if (!codec.read().hasSameValuesAs(sample.content))
            throw new IllegalStateException(format + " does not read what it wrote: " + sample);
    }

    @Benchmark
    public int write() throws Exception {
        return codec.write();
    }

    @Benchmark
    public Object read() throws Exception {
        return codec.read();
    }
}
