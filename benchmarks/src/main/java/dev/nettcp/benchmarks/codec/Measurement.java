package dev.nettcp.benchmarks.codec;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs the benchmarks with JMH, each in a JVM of its own. The fastest iteration counts: whatever else the machine does can only make
 * one slower.
 *
 * @param forks JVMs for each benchmark; 0: everything in this one
 * @param warmUps iterations that do not count
 * @param iterations that count
 * @param iteration how long one lasts
 * @param log what JMH says
 */
record Measurement(int forks, int warmUps, int iterations, TimeValue iteration, Path log) {

    /** All libraries that can do a message, one directly after the other. */
    Results codecs(Sample sample) throws RunnerException {
        return run(options(CodecBenchmark.class)
                .param("format", formatsFor(sample).stream().map(Format::name).toArray(String[]::new))
                .param("sample", sample.name()));
    }

    /** Algorithms are for arrays only, and a plain copy does nothing but bytes. */
    static List<Format> formatsFor(Sample sample) {
        return Stream.of(Format.values())
                .filter(format -> format != Format.INFOSET_ALGORITHMS || sample != Sample.TYPED20)
                .filter(format -> format != Format.COPY || sample == Sample.BLOB64K)
                .toList();
    }

    Results jaxb() throws RunnerException {
        return run(options(JaxbBenchmark.class));
    }

    private ChainedOptionsBuilder options(Class<?> benchmark) {
        return new OptionsBuilder()
                .include("^" + benchmark.getName().replace(".", "\\.") + "\\.")
                .forks(forks)
                .warmupIterations(warmUps)
                .warmupTime(iteration)
                .measurementIterations(iterations)
                .measurementTime(iteration)
                .addProfiler(GCProfiler.class)
                .jvmArgsAppend("-XX:+UseSerialGC", "-Xms512m", "-Xmx512m", "-Xmn256m")
                .shouldFailOnError(true)
                .verbosity(VerboseMode.NORMAL)
                .output(log.toString());
    }

    private static Results run(ChainedOptionsBuilder options) throws RunnerException {
        var results = new Results();
        for (RunResult run : new Runner(options.build()).run()) {
            String sample = run.getParams().getParam("sample");
            String benchmark = run.getParams().getBenchmark(); // class and method
            results.add(
                    Format.valueOf(run.getParams().getParam("format")).title,
                    sample == null ? "JAXB" : sample,
                    benchmark.substring(benchmark.lastIndexOf('.') + 1),
                    new Cost(run.getPrimaryResult().getStatistics().getMin(), allocated(run)));
        }
        return results;
    }

    private static double allocated(RunResult run) {
        Result<?> rate = run.getSecondaryResults().get("gc.alloc.rate.norm");
        return rate == null ? Double.NaN : rate.getScore();
    }
}
