package dev.nettcp.binding;

import dev.nettcp.binding.NetTcpException.Layer;
import dev.nettcp.soap.Header;
import dev.nettcp.soap.Message;
import java.util.Set;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLStreamException;

/** What a caller makes of a reply. */
final class Replies {
    private Replies() {}

    /**
     * The reply, if it is one that the caller can use.
     *
     * @throws SoapFaultException if it is a fault
     * @throws NetTcpException if it has a header that must be understood and is not, or is a fault that cannot be read
     */
    static Message checked(Message reply, Set<QName> understood) throws NetTcpException {
        for (Header header : reply.headers()) {
            if (header.mustUnderstand() && !understood.contains(header.name())) {
                throw new NetTcpException(
                        Layer.SOAP,
                        "the reply has the header " + header + ", which must be understood and is not",
                        null);
            }
        }
        if (!reply.isFault()) {
            return reply;
        }
        try {
            throw new SoapFaultException(reply.fault(), reply.action());
        } catch (XMLStreamException e) {
            throw new NetTcpException(Layer.ENCODING, "the reply is a fault that cannot be read: " + e.getMessage(), e);
        }
    }
}
