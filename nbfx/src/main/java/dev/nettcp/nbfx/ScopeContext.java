package dev.nettcp.nbfx;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.jvnet.staxex.NamespaceContextEx;

/** The bindings in force, as the interfaces want to see them. */
final class ScopeContext implements NamespaceContextEx {
    private final NamespaceScope scope;

    ScopeContext(NamespaceScope scope) {
        this.scope = scope;
    }

    @Override
    public String getNamespaceURI(@Nullable String prefix) {
        if (prefix == null) {
            throw new IllegalArgumentException("the prefix must not be null");
        }
        String uri = scope.uri(prefix);
        return uri == null ? "" : uri;
    }

    @Override
    public @Nullable String getPrefix(@Nullable String uri) {
        Iterator<String> prefixes = getPrefixes(uri);
        return prefixes.hasNext() ? prefixes.next() : null;
    }

    @Override
    public Iterator<String> getPrefixes(@Nullable String uri) {
        if (uri == null) {
            throw new IllegalArgumentException("the namespace must not be null");
        }
        List<String> found = new ArrayList<>();
        for (int k = scope.size() - 1; k >= 0; k--) {
            if (scope.uriAt(k).equals(uri) && scope.isVisible(k)) {
                found.add(scope.prefixAt(k));
            }
        }
        return found.iterator();
    }

    @Override
    public Iterator<Binding> iterator() {
        List<Binding> bindings = new ArrayList<>();
        for (int k = 2; k < scope.size(); k++) {
            if (scope.isVisible(k)) {
                bindings.add(new Declared(scope.prefixAt(k), scope.uriAt(k)));
            }
        }
        return bindings.iterator();
    }

    private record Declared(String getPrefix, String getNamespaceURI) implements Binding {}
}
