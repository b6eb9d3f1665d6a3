package dev.nettcp.benchmarks.codec;

import java.util.UUID;

/** Names, namespaces and addresses of the messages. */
final class Names {
    static final String SOAP = "http://www.w3.org/2003/05/soap-envelope";
    static final String ADDRESSING = "http://www.w3.org/2005/08/addressing";
    static final String ANONYMOUS = "http://www.w3.org/2005/08/addressing/anonymous";
    static final String ACTION_TEXT = "http://tempuri.org/IOrderService/PlaceOrder";
    static final String TO_TEXT = "net.tcp://127.0.0.1:808/svc1/Orders/OrderService.svc";
    static final String CONTRACT = "http://tempuri.org/";
    static final String INSTANCE = "http://www.w3.org/2001/XMLSchema-instance";
    static final String ARRAYS = "http://schemas.microsoft.com/2003/10/Serialization/Arrays";
    static final String DEMO = "http://schemas.datacontract.org/2004/07/Demo";

    static final UUID MESSAGE_ID = UUID.fromString("12345678-90ab-cdef-8234-567890abcdef");

    private Names() {}
}
