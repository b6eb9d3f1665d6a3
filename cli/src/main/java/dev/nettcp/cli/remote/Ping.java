package dev.nettcp.cli.remote;

import dev.nettcp.cli.Json;
import dev.nettcp.connection.ConnectionAddresses;
import dev.nettcp.framing.via.ViaUri;
import dev.nettcp.transport.RemoteSecurity;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What came of one attempt, for people and for programs. */
record Ping(ViaUri via, Timeline timeline, Optional<RemoteSecurity> security, Optional<Diagnosis> failure) {

    /** A line for each step, and who answered. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(via.toString());
        for (Timeline.Done done : timeline.steps()) {
            lines.add("  %-22s %9s  %s %s"
                    .formatted(
                            done.step().title(),
                            millis(done.took()) + " ms",
                            done.succeeded() ? "ok" : "--",
                            done.detail())
                    .stripTrailing());
        }
        security.ifPresent(secured -> lines.addAll(lines(secured)));
        if (failure.isEmpty()) {
            lines.add("Answered by %s in %s ms.".formatted(who(), millis(timeline.total())));
        }
        return lines;
    }

    private static List<String> lines(RemoteSecurity secured) {
        List<String> lines = new ArrayList<>();
        lines.add("  secured by " + secured.mechanism());
        secured.certificate()
                .ifPresent(certificate -> lines.add("  certificate of %s, by %s, until %s"
                        .formatted(
                                certificate.getSubjectX500Principal(),
                                certificate.getIssuerX500Principal(),
                                until(certificate))));
        return lines;
    }

    String json() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("uri", via.toString());
        members.put("answered", failure.isEmpty());
        timeline.remote().ifPresent(remote -> members.put("remote", ConnectionAddresses.text(remote)));
        members.put("millis", number(timeline.total()));
        members.put("steps", timeline.steps().stream().map(Ping::json).toList());
        security.ifPresent(secured -> members.put("security", json(secured)));
        failure.ifPresent(diagnosis -> {
            members.put("failedIn", timeline.current().code());
            members.put("reason", diagnosis.reason().code());
            diagnosis.fault().ifPresent(fault -> members.put("fault", fault));
            members.put("message", diagnosis.seen());
            members.put("remedy", diagnosis.remedy());
        });
        return Json.of(members);
    }

    private static Map<String, Object> json(Timeline.Done done) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("step", done.step().code());
        members.put("millis", number(done.took()));
        members.put("ok", done.succeeded());
        members.put("detail", done.detail());
        return members;
    }

    private static Map<String, Object> json(RemoteSecurity secured) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("upgrade", secured.upgrade());
        members.put("mechanism", secured.mechanism());
        secured.certificate().ifPresent(certificate -> {
            members.put("subject", certificate.getSubjectX500Principal().toString());
            members.put("issuer", certificate.getIssuerX500Principal().toString());
            members.put("until", until(certificate));
        });
        return members;
    }

    private static String until(X509Certificate certificate) {
        return certificate.getNotAfter().toInstant().toString();
    }

    private String who() {
        return timeline.remote().map(ConnectionAddresses::text).orElse(via.host());
    }

    private static Number number(Duration time) {
        return Double.valueOf(millis(time));
    }

    static String millis(Duration time) {
        return String.format(Locale.ROOT, "%.2f", time.toNanos() / 1e6);
    }
}
