package dev.nettcp.binding;

/** How transactions flow; the members of WCF's {@code TransactionProtocol}. Without meaning here, as {@code transactionFlow} cannot be switched on. */
public enum TransactionProtocol {
    /** That of Windows alone. WCF's default. */
    OLE_TRANSACTIONS,
    /** WS-AtomicTransaction of October 2004. */
    WS_ATOMIC_TRANSACTION_OCTOBER_2004,
    /** WS-AtomicTransaction 1.1. */
    WS_ATOMIC_TRANSACTION_11
}
