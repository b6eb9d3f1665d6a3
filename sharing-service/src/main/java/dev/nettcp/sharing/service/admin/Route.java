package dev.nettcp.sharing.service.admin;

import java.util.Map;

/**
 * One registration, as an operator sees it.
 *
 * @param address the base address
 * @param mode the host name comparison mode, by WCF's name
 * @param pid the worker's process
 * @param user the worker's user id
 * @param waiting connections that wait for the worker
 * @param offered connections that are being handed over
 * @param lanes open lanes
 */
public record Route(String address, String mode, int pid, String user, int waiting, int offered, int lanes) {

    static Route of(Map<String, String> row) {
        return new Route(
                row.getOrDefault("address", ""),
                row.getOrDefault("mode", ""),
                number(row, "pid"),
                row.getOrDefault("user", ""),
                number(row, "waiting"),
                number(row, "offered"),
                number(row, "lanes"));
    }

    private static int number(Map<String, String> row, String name) {
        return Integer.parseInt(row.getOrDefault(name, "0"));
    }
}
