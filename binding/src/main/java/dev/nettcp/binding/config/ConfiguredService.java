package dev.nettcp.binding.config;

import dev.nettcp.binding.MessageHandler;
import dev.nettcp.binding.NetTcpServer;
import dev.nettcp.binding.ServiceEndpoint;
import dev.nettcp.binding.ServiceThrottle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A service out of a configuration file: its endpoints of net.tcp.
 *
 * @param name as in the file, the full name of a .NET class
 * @param baseAddress what relative addresses of endpoints are relative to
 * @param endpoints at least one, unless the service has none of net.tcp
 * @param serviceThrottle how much it does at the same time, if a behavior says so
 * @param includeExceptionDetailInFaults whether faults tell what went wrong inside
 * @param ignored what has no meaning here, and why
 */
public record ConfiguredService(
        String name,
        Optional<String> baseAddress,
        List<ConfiguredEndpoint> endpoints,
        Optional<ServiceThrottle> serviceThrottle,
        boolean includeExceptionDetailInFaults,
        List<IgnoredSetting> ignored) {
    /** Immutable. */
    public ConfiguredService {
        endpoints = List.copyOf(endpoints);
        ignored = ignored.stream().distinct().toList(); // a binding of two endpoints is read twice
    }

    /** The contracts of the endpoints of net.tcp: what handlers are needed for. */
    public Set<String> contracts() {
        Set<String> contracts = new LinkedHashSet<>();
        endpoints.stream()
                .filter(endpoint -> !endpoint.isMetadata())
                .forEach(endpoint -> contracts.add(endpoint.contract()));
        return contracts;
    }

    /**
     * A server with the endpoints of this service, ready to be opened, or to be told more.
     *
     * @param handlers by contract, as the endpoints name it. An endpoint for metadata ({@code IMetadataExchange}) is left out if there is none
     *     for it. Contracts at the same address need the same handler
     * @throws IllegalArgumentException if a contract has no handler, or a handler no contract
     */
    public NetTcpServer.Builder server(Map<String, MessageHandler> handlers) {
        handlers.keySet().forEach(this::refuseUnknown);
        NetTcpServer.Builder builder =
                NetTcpServer.builder().includeExceptionDetailInFaults(includeExceptionDetailInFaults);
        baseAddress.ifPresent(builder::baseAddress);
        serviceThrottle.ifPresent(builder::serviceThrottle);
        served(handlers).forEach(builder::endpoint);
        return builder;
    }

    private List<ServiceEndpoint> served(Map<String, MessageHandler> handlers) {
        Map<String, ConfiguredEndpoint> byAddress = new LinkedHashMap<>();
        List<ServiceEndpoint> served = new ArrayList<>();
        for (ConfiguredEndpoint endpoint : endpoints) {
            MessageHandler handler = handlers.get(endpoint.contract());
            if (handler == null && endpoint.isMetadata()) {
                continue;
            }
            if (handler == null) {
                throw new IllegalArgumentException(
                        "%s:%d: the contract %s of the endpoint \"%s\" has no handler; there are handlers for %s"
                                .formatted(
                                        endpoint.file(),
                                        endpoint.line(),
                                        endpoint.contract(),
                                        endpoint.address(),
                                        handlers.keySet()));
            }
            ConfiguredEndpoint same = byAddress.putIfAbsent(endpoint.address(), endpoint);
            if (same == null) {
                served.add(endpoint.servedBy(handler));
            } else if (!Objects.equals(handler, handlers.get(same.contract()))) {
                throw new IllegalArgumentException(
                        "%s:%d: the contracts %s and %s have the same address \"%s\"; give both the same handler, which tells their actions apart"
                                .formatted(
                                        endpoint.file(),
                                        endpoint.line(),
                                        same.contract(),
                                        endpoint.contract(),
                                        endpoint.address()));
            }
        }
        return served;
    }

    private void refuseUnknown(String contract) {
        List<String> known =
                endpoints.stream().map(ConfiguredEndpoint::contract).distinct().toList();
        if (!known.contains(contract)) {
            throw new IllegalArgumentException(
                    "the service %s has no endpoint of net.tcp with the contract %s; there are %s%s"
                            .formatted(name, contract, known, Nearest.hint(contract, known)));
        }
    }
}
