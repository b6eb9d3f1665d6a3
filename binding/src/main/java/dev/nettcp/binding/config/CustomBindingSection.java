package dev.nettcp.binding.config;

import static dev.nettcp.binding.config.Texts.unlessZero;

import dev.nettcp.binding.NetTcpBinding;
import java.util.List;
import java.util.Map;

/**
 * {@code <binding>} of {@code <customBinding>}, if its elements are those of net.tcp as it is spoken here: an encoding, {@code
 * <sslStreamSecurity>} if the stream is secured, and {@code <tcpTransport>}, in this order.
 */
final class CustomBindingSection {
    private static final String BINARY = "binaryMessageEncoding";
    private static final String TLS = "sslStreamSecurity";
    private static final String TCP = "tcpTransport";
    private static final List<String> ORDER = List.of(BINARY, TLS, TCP);

    /** What WCF has besides, and why it cannot be had. */
    private static final Map<String, String> NOT_HERE = Map.ofEntries(
            Map.entry("textMessageEncoding", "this encoding is not implemented in this version; " + BINARY + " is"),
            Map.entry("mtomMessageEncoding", "this encoding is not implemented in this version; " + BINARY + " is"),
            Map.entry("byteStreamMessageEncoding", "this encoding is for HTTP; " + BINARY + " is implemented"),
            Map.entry("webMessageEncoding", "this encoding is for HTTP; " + BINARY + " is implemented"),
            Map.entry(
                    "windowsStreamSecurity",
                    "security of the stream by Windows' means is not implemented in this version; " + TLS + " is"),
            Map.entry("security", "security of messages is not implemented; " + TLS + " secures the stream"),
            Map.entry("reliableSession", "reliable sessions are not implemented"),
            Map.entry("transactionFlow", "transactions do not flow here"),
            Map.entry("compositeDuplex", "two connections for one session are not net.tcp as it is spoken here"),
            Map.entry("oneWay", "one-way sessions of this kind are not implemented"),
            Map.entry("httpTransport", "only " + TCP + " is net.tcp"),
            Map.entry("httpsTransport", "only " + TCP + " is net.tcp"),
            Map.entry("namedPipeTransport", "only " + TCP + " is net.tcp"),
            Map.entry("msmqTransport", "only " + TCP + " is net.tcp"));

    private CustomBindingSection() {}

    static void read(Section binding, NetTcpBinding.Builder builder, StreamSecurity security) {
        binding.element().children().forEach(CustomBindingSection::refuseForeign);
        refuseDisorder(binding);
        BindingSections.timeouts(binding, builder);
        binding.child(BINARY).ifPresent(encoding -> binary(encoding, builder));
        security.ofCustomBinding(binding.child(TLS), builder);
        tcp(
                binding.child(TCP).orElseThrow(() -> binding.problem("has no <" + TCP + ">, so it is no net.tcp")),
                builder);
        binding.done();
    }

    private static void refuseForeign(XmlElement child) {
        String reason = NOT_HERE.get(child.name());
        if (reason != null) {
            throw child.problem("is refused: " + reason);
        }
    }

    private static void refuseDisorder(Section binding) {
        List<Integer> places = binding.element().children().stream()
                .map(child -> ORDER.indexOf(child.name()))
                .toList();
        if (!places.stream().sorted().toList().equals(places)) {
            throw binding.problem("has its elements in another order than " + ORDER + ", the one that WCF demands");
        }
    }

    private static void binary(Section encoding, NetTcpBinding.Builder builder) {
        encoding.value("compressionFormat", text -> {
            if (!text.equals("None")) {
                throw new IllegalArgumentException("is not implemented in this version; only None is");
            }
            return text;
        });
        encoding.ignore("maxReadPoolSize", "readers are not pooled by number here");
        encoding.ignore("maxWritePoolSize", "writers are not pooled by number here");
        encoding.value("maxSessionSize", text -> {
            if (Texts.int32(text) != 2048) {
                throw new IllegalArgumentException(
                        "is not implemented in this version; only 2048, the default, is. Both sides must have the"
                                + " same");
            }
            return text;
        });
        BindingSections.readerQuotas(encoding, builder);
        encoding.done();
    }

    private static void tcp(Section transport, NetTcpBinding.Builder builder) {
        BindingSections.transport(transport, builder);
        transport.set("channelInitializationTimeout", TimeSpans::parse, builder::channelInitializationTimeout);
        transport.set("maxPendingConnections", Texts::int32, unlessZero(builder::maxPendingConnections));
        transport.set("maxPendingAccepts", Texts::int32, unlessZero(builder::maxPendingAccepts));
        transport.set("teredoEnabled", Texts::bool, builder::teredoEnabled);
        transport.set("connectionBufferSize", Texts::int32, builder::connectionBufferSize);
        transport.set("maxOutputDelay", TimeSpans::parse, builder::maxOutputDelay);
        transport.ignore("connectionBufferSize", "buffers have the size that the traffic needs");
        transport.ignore("maxOutputDelay", "what is written goes out at once");
        transport.value("manualAddressing", text -> {
            if (Texts.bool(text)) {
                throw new IllegalArgumentException("is not implemented; only false is");
            }
            return false;
        });
        BindingSections.connectionPool(transport, builder);
        StreamSecurity.extendedProtection(transport);
        transport.done();
    }
}
