package dev.nettcp.nbfx;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.jvnet.staxex.NamespaceContextEx;

/** The bindings a writer has in force. */
final class WriterNamespaceContext implements NamespaceContextEx {
    private final WriterScope scope;

    WriterNamespaceContext(WriterScope scope) {
        this.scope = scope;
    }

    @Override
    public String getNamespaceURI(@Nullable String prefix) {
        if (prefix == null) {
            throw new IllegalArgumentException("the prefix must not be null");
        }
        String uri = prefix.equals("xmlns") ? NamespaceScope.XMLNS_URI : scope.uri(prefix);
        return uri == null ? "" : uri;
    }

    @Override
    public @Nullable String getPrefix(@Nullable String uri) {
        if (uri == null) {
            throw new IllegalArgumentException("the namespace must not be null");
        }
        return uri.equals(NamespaceScope.XMLNS_URI) ? NamespaceScope.XMLNS : scope.prefix(uri, false);
    }

    @Override
    public Iterator<String> getPrefixes(@Nullable String uri) {
        if (uri == null) {
            throw new IllegalArgumentException("the namespace must not be null");
        }
        List<String> found = new ArrayList<>();
        visible().forEach((prefix, of) -> {
            if (of.equals(uri)) {
                found.add(prefix);
            }
        });
        return found.iterator();
    }

    @Override
    public Iterator<Binding> iterator() {
        List<Binding> bindings = new ArrayList<>();
        visible().forEach((prefix, uri) -> bindings.add(new Declared(prefix, uri)));
        return bindings.iterator();
    }

    private Map<String, String> visible() {
        Map<String, String> bindings = new LinkedHashMap<>();
        for (int k = 0; k < scope.size(); k++) {
            bindings.put(scope.prefixAt(k), scope.uriAt(k));
        }
        return bindings;
    }

    private record Declared(String getPrefix, String getNamespaceURI) implements Binding {}
}
