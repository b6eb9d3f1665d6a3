package dev.nettcp.sharing.worker;

import dev.nettcp.connection.ConnectionSource;
import dev.nettcp.connection.ConnectionSourceProvider;
import dev.nettcp.connection.ListenRequest;

/** Makes {@code portSharingEnabled} work by being on the class path. */
public final class SharedPortProvider implements ConnectionSourceProvider {
    /** For the service loader. */
    public SharedPortProvider() {}

    @Override
    public String name() {
        return SHARED_PORT;
    }

    @Override
    public ConnectionSource create(ListenRequest request) {
        return new SharedListener(request, SharedPortSettings.of(request.controlSocket(), System.getenv()));
    }
}
