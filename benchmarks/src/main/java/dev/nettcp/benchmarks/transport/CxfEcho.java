package dev.nettcp.benchmarks.transport;

import jakarta.jws.WebMethod;
import jakarta.jws.WebParam;
import jakarta.jws.WebService;

/** The contract of {@link CxfPeer}. */
@WebService(targetNamespace = "http://nettcp.dev/benchmarks", name = "Echo")
public interface CxfEcho {

    /** The same bytes. */
    @WebMethod
    byte[] echo(@WebParam(name = "data") byte[] data);
}
