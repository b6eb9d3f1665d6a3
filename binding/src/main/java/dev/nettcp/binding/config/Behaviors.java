package dev.nettcp.binding.config;

import dev.nettcp.binding.ServiceThrottle;
import java.util.List;
import java.util.Optional;

/** Reads the behavior of a service or an endpoint as far as it matters. What would let in whom it keeps out is refused. */
final class Behaviors {
    private static final String NOT_DONE = "this behavior is not implemented";
    private static final List<String> OTHER_TRUST = List.of("PeerTrust", "PeerOrChainTrust", "Custom");

    private static final List<String> VALIDATION = List.of(
            "certificateValidationMode",
            "customCertificateValidatorType",
            "revocationMode",
            "trustedStoreLocation",
            "includeWindowsGroups",
            "mapClientCertificateToWindowsAccount");
    private static final String IN_A_STORE = "it is in a store of Windows; give it with withTransportSecurity";

    private final List<IgnoredSetting> ignored;
    private final boolean trustIsGiven;
    private final boolean secured;
    private Optional<ServiceThrottle> throttle = Optional.empty();
    private boolean includeExceptionDetailInFaults;

    /**
     * @param trustIsGiven whether the program has said whose certificates are trusted
     * @param secured whether there is an endpoint with TLS
     */
    Behaviors(List<IgnoredSetting> ignored, boolean trustIsGiven, boolean secured) {
        this.ignored = ignored;
        this.trustIsGiven = trustIsGiven;
        this.secured = secured;
    }

    Optional<ServiceThrottle> throttle() {
        return throttle;
    }

    boolean includeExceptionDetailInFaults() {
        return includeExceptionDetailInFaults;
    }

    void ofService(XmlElement element) {
        Section behavior = new Section(element, ignored);
        behavior.text("name");
        behavior.child("serviceThrottling").ifPresent(this::throttling);
        behavior.child("serviceDebug").ifPresent(this::debug);
        behavior.child("serviceCredentials").ifPresent(this::credentials);
        behavior.child("serviceAuthorization").ifPresent(Behaviors::authorization);
        behavior.ignoreOtherChildren(NOT_DONE);
        behavior.done();
    }

    private void throttling(Section section) {
        ServiceThrottle defaults = ServiceThrottle.DEFAULT;
        try {
            throttle = Optional.of(new ServiceThrottle(
                    section.value("maxConcurrentSessions", Texts::int32).orElse(defaults.maxConcurrentSessions()),
                    section.value("maxConcurrentCalls", Texts::int32).orElse(defaults.maxConcurrentCalls())));
        } catch (AppConfigException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw section.element().problem(String.valueOf(e.getMessage()), e);
        }
        section.ignore("maxConcurrentInstances", "there are no service instances, only handlers");
        section.done();
    }

    private void debug(Section section) {
        section.set("includeExceptionDetailInFaults", Texts::bool, include -> includeExceptionDetailInFaults = include);
        for (String page : List.of("httpHelpPage", "httpsHelpPage")) {
            for (String setting : List.of("Enabled", "Url", "Binding", "BindingConfiguration")) {
                section.ignore(page + setting, "there is no HTTP here");
            }
        }
        section.done();
    }

    private void credentials(Section section) {
        section.ignore("type", NOT_DONE);
        section.ignore("identityConfiguration", NOT_DONE);
        section.ignore("useIdentityConfiguration", NOT_DONE);
        section.child("clientCertificate").ifPresent(certificate -> {
            certificate.child("authentication").ifPresent(this::validation);
            certificate.ignoreChild("certificate", "it is for messages that the service begins with message security");
            certificate.done();
        });
        section.ignoreChild("serviceCertificate", IN_A_STORE);
        section.ignoreOtherChildren("it is for security of other kinds");
        section.done();
    }

    private void clientCredentials(Section section) {
        section.ignore("type", NOT_DONE);
        section.ignore("supportInteractive", NOT_DONE);
        section.ignore("useIdentityConfiguration", NOT_DONE);
        section.child("serviceCertificate").ifPresent(certificate -> {
            certificate.child("authentication").ifPresent(this::validation);
            certificate.ignoreOtherChildren("it is for message security");
            certificate.done();
        });
        section.ignoreChild("clientCertificate", IN_A_STORE);
        section.ignoreOtherChildren("it is for security of other kinds");
        section.done();
    }

    /** ChainTrust, the default, is ours, too, and stricter than None. */
    private void validation(Section authentication) {
        authentication.value("certificateValidationMode", mode -> {
            if (secured && !trustIsGiven && OTHER_TRUST.contains(mode)) {
                throw new IllegalArgumentException("needs what is not in the file: say whom to trust with"
                        + " withTransportSecurity and withClientValidation or withServiceValidation");
            }
            return mode;
        });
        for (String setting : VALIDATION) {
            authentication.ignore(
                    setting,
                    trustIsGiven
                            ? "withTransportSecurity says whom to trust"
                            : "a certificate needs a chain to a root that the JDK trusts, and must not be revoked;"
                                    + " withTransportSecurity says otherwise");
        }
        authentication.done();
    }

    /** A service that asks an authorization manager must not be open to all without it. */
    private static void authorization(Section section) {
        for (String setting : List.of("serviceAuthorizationManagerType", "roleProviderName")) {
            section.value(setting, type -> {
                throw new IllegalArgumentException(
                        "is code of .NET that decides who may call, which is not run here; decide in the handler and"
                                + " remove it");
            });
        }
        section.child("authorizationPolicies").ifPresent(policies -> {
            if (!policies.element().children().isEmpty()) {
                throw policies.problem(
                        "are code of .NET that decides who may call, which is not run here; decide in the handler and"
                                + " remove them");
            }
        });
        section.ignore("principalPermissionMode", "there are no principals of threads in Java");
        section.ignore("impersonateCallerForAllOperations", "nobody is impersonated");
        section.ignore("impersonateOnSerializingReply", "nobody is impersonated");
        section.done();
    }

    void ofEndpoint(XmlElement element) {
        Section behavior = new Section(element, ignored);
        behavior.text("name");
        behavior.child("clientCredentials").ifPresent(this::clientCredentials);
        behavior.ignoreOtherChildren(NOT_DONE);
        behavior.done();
    }
}
