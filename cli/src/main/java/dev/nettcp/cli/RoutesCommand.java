package dev.nettcp.cli;

import dev.nettcp.cli.TextTable.Column;
import dev.nettcp.sharing.service.admin.AdminClient;
import dev.nettcp.sharing.service.admin.Route;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists what the workers have registered. */
@Command(
        name = "routes",
        description =
                "List the addresses that workers have registered: whose they are, and how many connections wait for them.")
@SuppressWarnings("NullAway.Init") // filled by picocli
final class RoutesCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ControlSocketOption service;

    @Mixin
    private JsonOption json;

    @Override
    public void run() {
        List<Route> routes = service.ask(AdminClient::routes);
        List<String> lines = json.isWanted() ? List.of(json(routes)) : lines(routes);
        lines.forEach(spec.commandLine().getOut()::println);
    }

    static List<String> lines(List<Route> routes) {
        if (routes.isEmpty()) return List.of("No worker has registered an address.");
        var table = new TextTable(
                Column.left("address"),
                Column.left("mode"),
                Column.right("pid"),
                Column.right("user"),
                Column.right("waiting"),
                Column.right("offered"),
                Column.right("lanes"));
        for (Route route : routes) {
            table.row(
                    route.address(),
                    route.mode(),
                    Integer.toString(route.pid()),
                    route.user(),
                    Integer.toString(route.waiting()),
                    Integer.toString(route.offered()),
                    Integer.toString(route.lanes()));
        }
        return table.lines();
    }

    static String json(List<Route> routes) {
        return Json.of(routes.stream().map(RoutesCommand::members).toList());
    }

    private static Map<String, Object> members(Route route) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("address", route.address());
        members.put("mode", route.mode());
        members.put("pid", route.pid());
        members.put("user", route.user());
        members.put("waiting", route.waiting());
        members.put("offered", route.offered());
        members.put("lanes", route.lanes());
        return members;
    }
}
