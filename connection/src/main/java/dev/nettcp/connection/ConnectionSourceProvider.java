package dev.nettcp.connection;

import java.util.Optional;
import java.util.ServiceLoader;

/** Makes a kind of {@link ConnectionSource} available by being on the class or module path; found by {@link ServiceLoader}. */
public interface ConnectionSourceProvider {

    /** The name of the provider for a port shared through the service; the artifact that brings it is nettcp-sharing-worker. */
    String SHARED_PORT = "shared-port";

    /** What kind of source this provider creates. */
    String name();

    /** A source for the address; nothing is opened yet. */
    ConnectionSource create(ListenRequest request);

    /** The provider of that name, if it is present. */
    static Optional<ConnectionSourceProvider> find(String name) {
        return ServiceLoader.load(ConnectionSourceProvider.class, ConnectionSourceProvider.class.getClassLoader())
                .stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.name().equals(name))
                .findFirst();
    }
}
