package dev.nettcp.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The rules of the race, with a clock of its own and without sockets. */
class AddressRaceTest {

    private final EmbeddedChannel clock = new EmbeddedChannel();
    private final Map<String, CompletableFuture<Channel>> dialled = new LinkedHashMap<>();

    @AfterEach
    void end() {
        clock.close();
    }

    @Test
    void theFirstAddressIsTriedAloneForAMoment() {
        AddressRace race = race("10.0.0.1", "10.0.0.2", "10.0.0.3");
        race.start();
        passes(249);

        assertThat(dialled).containsOnlyKeys("10.0.0.1");
        assertThat(race.progress()).isEqualTo("10.0.0.1:808 (no answer)");
    }

    @Test
    void anAddressThatDoesNotAnswerGetsCompanyEvery250Milliseconds() {
        race("10.0.0.1", "10.0.0.2", "10.0.0.3").start();
        passes(250);
        assertThat(dialled).containsOnlyKeys("10.0.0.1", "10.0.0.2");
        passes(250);
        assertThat(dialled).containsOnlyKeys("10.0.0.1", "10.0.0.2", "10.0.0.3");
        passes(10_000);

        assertThat(dialled.values()).noneMatch(CompletableFuture::isDone);
    }

    @Test
    void aRefusalStartsTheNextAttemptAtOnceAndItsMoment() {
        race("10.0.0.1", "10.0.0.2", "10.0.0.3").start();
        passes(200);
        fails("10.0.0.1", "Connection refused");
        assertThat(dialled).containsOnlyKeys("10.0.0.1", "10.0.0.2");
        passes(249);
        assertThat(dialled).hasSize(2);
        passes(1);

        assertThat(dialled).hasSize(3);
    }

    @Test
    void theFirstThatAnswersWinsAndTheOthersAreGivenUp() {
        CompletableFuture<Channel> winner =
                race("10.0.0.1", "10.0.0.2", "10.0.0.3").start();
        passes(250);
        EmbeddedChannel connection = new EmbeddedChannel();
        dialled.get("10.0.0.2").complete(connection);

        assertThat(winner).isCompletedWithValue(connection);
        assertThat(dialled.get("10.0.0.1")).isCancelled();
        passes(10_000);
        assertThat(dialled).hasSize(2);
        connection.close();
    }

    @Test
    void anAddressThatAnswersLateWinsIfTheOthersFailed() {
        CompletableFuture<Channel> winner = race("10.0.0.1", "10.0.0.2").start();
        passes(250);
        fails("10.0.0.2", "No route to host");
        assertThat(winner).isNotDone();
        EmbeddedChannel connection = new EmbeddedChannel();
        dialled.get("10.0.0.1").complete(connection);

        assertThat(winner).isCompletedWithValue(connection);
        connection.close();
    }

    @Test
    void whenAllFailEachIsNamedWithItsReason() {
        AddressRace race = race("10.0.0.1", "fd00::1");
        CompletableFuture<Channel> winner = race.start();
        fails("10.0.0.1", "finishConnect(..) failed with error(-111): Connection refused: /10.0.0.1:808");
        fails("fd00:0:0:0:0:0:0:1", "Network is unreachable");

        assertThat(winner).isCompletedExceptionally();
        assertThat(race.progress())
                .isEqualTo("10.0.0.1:808 (Connection refused), [fd00:0:0:0:0:0:0:1]:808 (Network is unreachable)");
    }

    @Test
    void givenUpNothingIsTriedAnyMore() {
        CompletableFuture<Channel> winner;
        AddressRace race = race("10.0.0.1", "10.0.0.2", "10.0.0.3");
        winner = race.start();
        passes(250);
        race.giveUp();
        passes(10_000);

        assertThat(winner).isCancelled();
        assertThat(dialled).hasSize(2);
        assertThat(dialled.values()).allMatch(CompletableFuture::isCancelled);
    }

    @Test
    void aSecondConnectionOfTheSameMomentIsClosed() {
        List<CompletableFuture<Channel>> stubborn = List.of(new Stubborn(), new Stubborn());
        List<InetSocketAddress> addresses =
                List.of(new InetSocketAddress("10.0.0.1", 808), new InetSocketAddress("10.0.0.2", 808));
        CompletableFuture<Channel> winner = new AddressRace(
                        clock.eventLoop(), addresses, address -> stubborn.get(addresses.indexOf(address)))
                .start();
        passes(250);
        EmbeddedChannel first = new EmbeddedChannel();
        EmbeddedChannel second = new EmbeddedChannel();
        stubborn.get(0).complete(first);
        stubborn.get(1).complete(second);

        assertThat(winner).isCompletedWithValue(first);
        assertThat(first.isOpen()).isTrue();
        assertThat(second.isOpen()).isFalse();
        first.close();
    }

    /** Connected before the cancellation reached it. */
    private static final class Stubborn extends CompletableFuture<Channel> {
        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            return false;
        }
    }

    private AddressRace race(String... hosts) {
        List<InetSocketAddress> addresses = new ArrayList<>();
        for (String host : hosts) {
            addresses.add(new InetSocketAddress(host, 808));
        }
        return new AddressRace(
                clock.eventLoop(),
                addresses,
                address -> dialled.computeIfAbsent(
                        address.getAddress().getHostAddress(), any -> new CompletableFuture<>()));
    }

    private void fails(String host, String reason) {
        dialled.get(host).completeExceptionally(new IOException(reason));
    }

    private void passes(long millis) {
        clock.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
        clock.runScheduledPendingTasks();
    }
}
