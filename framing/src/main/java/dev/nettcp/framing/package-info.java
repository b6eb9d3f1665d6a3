/** Message framing of net.tcp ([MC-NMF]): records, codec, rules of order, addresses. */
package dev.nettcp.framing;
