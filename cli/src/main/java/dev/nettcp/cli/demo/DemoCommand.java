package dev.nettcp.cli.demo;

import dev.nettcp.cli.CommandFailed;
import dev.nettcp.sharing.service.PortSharingService;
import dev.nettcp.sharing.service.ServiceStartException;
import dev.nettcp.sharing.service.config.ConfigException;
import dev.nettcp.sharing.service.config.ServiceConfig;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The whole idea at once: the service in this process, two calculators in processes of their own, calls to both through one port. What was
 * started is stopped again in reverse order; should this process be killed, the service dies with it and the workers notice.
 */
@Command(
        name = "demo",
        description = "Show the whole idea: the service, two workers in processes of their own, one port, real calls.",
        exitCodeList = {
            "0:every answer was right",
            "1:one was not, or something could not be started",
            "2:called the wrong way"
        })
@SuppressWarnings("NullAway.Init") // filled by picocli
public final class DemoCommand implements Callable<Integer> {

    private static final int WORKERS = 2;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "9000",
            description = "The port that both share. Default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(
            names = "--once",
            description = "End after the table. Otherwise it stays until Ctrl-C, for clients of yours to call.")
    private boolean once;

    @Override
    public Integer call() throws InterruptedException {
        if (port < 1 || port > 65_535) {
            throw new ParameterException(spec.commandLine(), "--port: %d is not between 1 and 65535".formatted(port));
        }
        PortCheck.requireFree(port);
        Optional<DemoReport> report = Optional.empty();
        PrintWriter out = spec.commandLine().getOut();
        out.println("starting the service and %d workers ...".formatted(WORKERS));
        out.flush();
        try (var directory = TemporaryDirectory.create("nettcp-demo-");
                PortSharingService service = launch(directory.path().resolve("control.sock"));
                Workers workers = Workers.start(WORKERS, port, service.controlSocket(), directory.path())) {
            introduce(workers, out);
            report = Optional.of(Demo.call(workers));
            report.get().lines().forEach(out::println);
            out.println("(The first call to each opens its session; the processes have just started.)");
            out.println();
            if (!once) stay(workers, service.controlSocket(), out);
        } catch (InterruptedException e) {
            if (report.isEmpty()) throw e;
            out.println(); // behind the ^C that the terminal shows
        }
        out.println(report.get().sum());
        return report.get().allRight() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private static PortSharingService launch(Path controlSocket) {
        try {
            return PortSharingService.launch(ServiceConfig.defaults().withControlSocket(controlSocket));
        } catch (ConfigException | ServiceStartException e) {
            throw new CommandFailed(String.valueOf(e.getMessage()), e);
        }
    }

    private void introduce(Workers workers, PrintWriter out) {
        out.println(
                "service  process %d, port %d".formatted(ProcessHandle.current().pid(), port));
        for (WorkerProcess worker : workers.all()) {
            out.println("worker   process %d, %s".formatted(worker.pid(), worker.address()));
        }
        out.println();
        out.flush();
    }

    /** Until the thread is interrupted. */
    private static void stay(Workers workers, Path controlSocket, PrintWriter out) throws InterruptedException {
        String address = workers.all().get(0).address();
        out.println("""
                Both workers stay. From C#, with System.ServiceModel.NetTcp and your ICalculator
                (namespace http://Microsoft.Samples.PortSharing):

                    new ChannelFactory<ICalculator>(new NetTcpBinding(SecurityMode.None),
                        new EndpointAddress("%s"))
                        .CreateChannel()

                What the service has registered:

                    nettcp routes --socket %s

                Ctrl-C ends everything.""".formatted(address, controlSocket));
        out.flush();
        new CountDownLatch(1).await();
    }
}
