package dev.nettcp.sharing.service;

import static dev.nettcp.framing.via.HostNameComparisonMode.STRONG_WILDCARD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nettcp.sharing.ControlMessage.Refused;
import dev.nettcp.sharing.ControlMessage.Welcome;
import dev.nettcp.sharing.StatusCode;
import dev.nettcp.sharing.service.admin.AdminClient;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nobody takes the control socket away from the others, by registering much or by doing nothing. */
class ControlSocketLimitsTest {

    @Test
    void case121_aUserHasSoManyRegistrationsAndNoMore() {
        try (ServiceUnderTest service = ServiceUnderTest.launch("registrations: {maxPerUser: 2}")) {
            ScriptedWorker first = service.worker("/1");
            service.worker("/2");

            ScriptedWorker third = service.tryWorker(service.address("/3"), STRONG_WILDCARD);
            assertThat(third.status()).isEqualTo(StatusCode.REGISTRATION_QUOTA_EXCEEDED);
            assertThat(third.registered().text()).contains("has 2 registrations", "registrations.maxPerUser is 2");

            first.unregisters();
            assertThat(service.tryWorker(service.address("/3"), STRONG_WILDCARD).status())
                    .isEqualTo(StatusCode.SUCCESS);
        }
    }

    @Test
    void case121_allTogetherHaveSoManyRegistrationsAndRefusedOnesDoNotCount() {
        try (ServiceUnderTest service = ServiceUnderTest.launch("registrations: {max: 2, maxPerUser: 5}")) {
            service.worker("/1");
            assertThat(service.tryWorker(service.address("/1"), STRONG_WILDCARD).status())
                    .isEqualTo(StatusCode.CONFLICTING_REGISTRATION);
            service.worker("/2");

            ScriptedWorker third = service.tryWorker(service.address("/3"), STRONG_WILDCARD);
            assertThat(third.status()).isEqualTo(StatusCode.REGISTRATION_QUOTA_EXCEEDED);
            assertThat(third.registered().text()).contains("registrations.max is 2");
        }
    }

    @Test
    void case121_sessionsThatDoNothingMakeRoomForTheOperatorAndForWorkers() throws Exception {
        try (ServiceUnderTest service = ServiceUnderTest.launch("registrations: {maxGuests: 8}")) {
            ScriptedWorker worker = service.worker("/a");
            List<RawWorker> idle = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                RawWorker session = service.closeLater(RawWorker.greets(service.socket()));
                assertThat(session.receives()).containsInstanceOf(Welcome.class);
                idle.add(session);
            }

            assertThat(idle.get(0).receives())
                    .hasValueSatisfying(message -> assertThat(message)
                            .isInstanceOfSatisfying(
                                    Refused.class,
                                    refused -> assertThat(refused.status())
                                            .isEqualTo(StatusCode.REGISTRATION_QUOTA_EXCEEDED)));
            assertThat(idle.get(0).receives()).isEmpty();
            try (AdminClient operator = service.admin()) {
                assertThat(operator.routes()).hasSize(1);
            }
            service.worker("/b");
            service.client("127.0.0.1", "/a");
            worker.takes();
        }
    }
}
