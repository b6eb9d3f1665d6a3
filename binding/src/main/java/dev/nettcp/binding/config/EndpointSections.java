package dev.nettcp.binding.config;

/** What the endpoints of services and of clients have in common. */
final class EndpointSections {
    private EndpointSections() {}

    /** Attributes of both that have no meaning here. */
    static void common(Section endpoint) {
        endpoint.text("name");
        endpoint.ignore("bindingName", "it is for the WSDL, which is not made here");
        endpoint.ignore("bindingNamespace", "it is for the WSDL, which is not made here");
        endpoint.ignore("endpointConfiguration", "it is for standard endpoints");
    }
}
