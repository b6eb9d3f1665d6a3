package dev.nettcp.examples;

import dev.nettcp.binding.NetTcpBinding;
import dev.nettcp.binding.NetTcpClient;
import java.io.IOException;
import javax.xml.stream.XMLStreamException;

/** Calls a calculator, whoever runs it: this library, WCF or CoreWCF. */
public final class CalculatorClient implements AutoCloseable {
    private final NetTcpClient client;

    /** For the calculator at an address; the first call connects. */
    public CalculatorClient(String address, NetTcpBinding binding) {
        client = NetTcpClient.to(address, binding);
    }

    /** The sum. */
    public double add(double n1, double n2) throws IOException, XMLStreamException {
        return call("Add", n1, n2);
    }

    /** The difference. */
    public double subtract(double n1, double n2) throws IOException, XMLStreamException {
        return call("Subtract", n1, n2);
    }

    /** The product. */
    public double multiply(double n1, double n2) throws IOException, XMLStreamException {
        return call("Multiply", n1, n2);
    }

    /** The quotient; an infinity if {@code n2} is 0. */
    public double divide(double n1, double n2) throws IOException, XMLStreamException {
        return call("Divide", n1, n2);
    }

    private double call(String operation, double n1, double n2) throws IOException, XMLStreamException {
        return Calculator.result(client.request(Calculator.request(operation, n1, n2)));
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
