package dev.nettcp.sharing.service.admin;

import dev.nettcp.framing.via.UriFormatException;
import dev.nettcp.framing.via.ViaUri;
import dev.nettcp.sharing.ControlMessage.AdminRequest;
import dev.nettcp.sharing.StatusCode;
import dev.nettcp.sharing.service.handover.Dispatcher;
import dev.nettcp.sharing.service.listen.Ports;
import dev.nettcp.sharing.service.registration.OperatorDesk;
import dev.nettcp.sharing.service.registration.Registry;
import dev.nettcp.sharing.service.routing.Registration;
import dev.nettcp.sharing.service.routing.RouteDecision;
import dev.nettcp.sharing.service.routing.RouteExplanation;
import dev.nettcp.sharing.service.telemetry.Counter;
import dev.nettcp.sharing.service.telemetry.Counters;
import dev.nettcp.sharing.service.telemetry.QueueStatus;
import io.netty.util.NetUtil;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The commands of an operator.
 *
 * <table>
 *   <caption>Commands, their arguments, and the values of the rows they answer with</caption>
 *   <tr><td>routes</td><td></td><td>address, mode, pid, user, waiting, offered, lanes; one row per registration</td></tr>
 *   <tr><td>explain</td><td>via, from (optional)</td><td>via, arrives-at; then reason, one row each; then routed, verdict</td></tr>
 *   <tr><td>status</td><td></td><td>name, value, about; one row each</td></tr>
 *   <tr><td>pause, continue</td><td></td><td></td></tr>
 * </table>
 */
@SuppressWarnings("exports") // for the service itself; users of the module have the client
public final class AdminCommands implements OperatorDesk {
    private final Registry registry;
    private final Dispatcher dispatcher;
    private final Ports ports;
    private final Counters counters;
    private final Consumer<Boolean> pause;
    private final Instant started = Instant.now();

    /**
     * What can be asked about.
     *
     * @param pause pauses the service, or continues it
     */
    public AdminCommands(
            Registry registry, Dispatcher dispatcher, Ports ports, Counters counters, Consumer<Boolean> pause) {
        this.registry = registry;
        this.dispatcher = dispatcher;
        this.ports = ports;
        this.counters = counters;
        this.pause = pause;
    }

    @Override
    public Answer answer(AdminRequest request) {
        return switch (request.command()) {
            case "routes" -> new Answer(StatusCode.SUCCESS, "", routes());
            case "explain" -> explain(request.arguments());
            case "status" -> Answer.of(status());
            case "pause" -> pause(true);
            case "continue" -> pause(false);
            default ->
                Answer.refused(
                        StatusCode.UNKNOWN_COMMAND,
                        "'%s'; known are routes, explain, status, pause and continue".formatted(request.command()));
        };
    }

    private Answer pause(boolean paused) {
        pause.accept(paused);
        return Answer.of(List.of());
    }

    private Iterator<Map<String, String>> routes() {
        return registry.routes().registrations().stream().map(this::route).iterator();
    }

    private Map<String, String> route(Registration registration) {
        QueueStatus queue = dispatcher.status(registration);
        Map<String, String> row = new LinkedHashMap<>();
        row.put("address", registration.address().toString());
        row.put("mode", registration.mode().wcfName());
        row.put("pid", Integer.toString(registration.worker().pid()));
        row.put("user", Integer.toUnsignedString(registration.worker().uid()));
        row.put("waiting", Integer.toString(queue.waiting()));
        row.put("offered", Integer.toString(queue.offered()));
        row.put("lanes", Integer.toString(queue.lanes()));
        return row;
    }

    private Answer explain(Map<String, String> arguments) {
        try {
            ViaUri via = ViaUri.parse(arguments.getOrDefault("via", ""));
            var local = ArrivalAddress.of(via, Optional.ofNullable(arguments.get("from")));
            return Answer.of(explained(registry.routes().explain(via, local)));
        } catch (UriFormatException e) {
            return Answer.refused(StatusCode.INVALID_ARGUMENT, String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            return Answer.refused(StatusCode.INVALID_ARGUMENT, "from: " + e.getMessage());
        }
    }

    private static List<Map<String, String>> explained(RouteExplanation explanation) {
        List<Map<String, String>> rows = new ArrayList<>();
        rows.add(row(
                "via", explanation.via().toString(), "arrives-at", NetUtil.toSocketAddressString(explanation.local())));
        explanation.reasons().forEach(reason -> rows.add(Map.of("reason", reason)));
        rows.add(row(
                "routed",
                Boolean.toString(explanation.decision() instanceof RouteDecision.To),
                "verdict",
                explanation.verdict()));
        return rows;
    }

    private List<Map<String, String>> status() {
        QueueStatus queues = dispatcher.status();
        List<Map<String, String>> rows = new ArrayList<>();
        rows.add(status("state", registry.routes().isPaused() ? "paused" : "running", ""));
        rows.add(status("pid", Long.toString(ProcessHandle.current().pid()), ""));
        rows.add(status("started", started.toString(), ""));
        rows.add(status(
                "listening",
                String.join(
                        " ",
                        ports.addresses().stream()
                                .map(NetUtil::toSocketAddressString)
                                .toList()),
                "addresses that are open now"));
        rows.add(status(
                "registrations-active", Integer.toString(registry.routes().size()), "base addresses registered now"));
        rows.add(status(
                "connections-waiting", Integer.toString(queues.waiting()), "routed, not yet offered to a worker"));
        rows.add(status("connections-offered", Integer.toString(queues.offered()), "offered, not yet taken"));
        for (Counter counter : Counter.values()) {
            rows.add(status(counter.key(), Long.toString(counters.value(counter)), counter.description()));
        }
        return rows;
    }

    private static Map<String, String> status(String name, String value, String about) {
        Map<String, String> row = row("name", name, "value", value);
        row.put("about", about);
        return row;
    }

    private static Map<String, String> row(String first, String firstValue, String second, String secondValue) {
        Map<String, String> row = new LinkedHashMap<>();
        row.put(first, firstValue);
        row.put(second, secondValue);
        return row;
    }
}
