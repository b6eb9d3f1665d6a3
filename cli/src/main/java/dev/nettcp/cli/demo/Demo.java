package dev.nettcp.cli.demo;

import dev.nettcp.binding.NetTcpBinding;
import dev.nettcp.binding.NetTcpClient;
import dev.nettcp.binding.SecurityMode;
import dev.nettcp.examples.Calculator;
import dev.nettcp.soap.Message;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;

/** The calls of the demo: everything each calculator can, through the one port. */
final class Demo {

    private static final NetTcpBinding BINDING =
            NetTcpBinding.builder().security(SecurityMode.NONE).build();

    private Demo() {}

    static DemoReport call(Workers workers) {
        List<Answer> answers = new ArrayList<>();
        int number = 0;
        for (WorkerProcess worker : workers.all()) {
            number++;
            answers.addAll(call(worker, Calculation.all(10 - number, 2 * number)));
        }
        return new DemoReport(answers, workers.all().size());
    }

    private static List<Answer> call(WorkerProcess worker, List<Calculation> calculations) {
        List<Answer> answers = new ArrayList<>();
        NetTcpClient client = NetTcpClient.to(worker.address(), BINDING);
        for (Calculation calculation : calculations) answers.add(call(client, worker, calculation));
        try {
            client.close();
        } catch (IOException e) {
            client.abort(); // the answers are there, or the table tells why not
        }
        return answers;
    }

    private static Answer call(NetTcpClient client, WorkerProcess worker, Calculation calculation) {
        Message request = Calculator.request(calculation.operation(), calculation.n1(), calculation.n2());
        Optional<Long> answeredBy = Optional.empty();
        Optional<Double> result = Optional.empty();
        String failure = "";
        long begin = System.nanoTime();
        Duration latency;
        try {
            Message reply = client.request(request);
            latency = since(begin);
            answeredBy = CalculatorProcess.workerOf(reply);
            result = Optional.of(Calculator.result(reply));
        } catch (IOException | XMLStreamException e) {
            latency = since(begin);
            failure = String.valueOf(e.getMessage());
        }
        return new Answer(worker.address(), worker.pid(), calculation, answeredBy, result, latency, failure);
    }

    private static Duration since(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin);
    }
}
