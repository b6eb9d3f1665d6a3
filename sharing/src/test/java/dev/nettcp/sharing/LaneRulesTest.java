package dev.nettcp.sharing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nettcp.sharing.ControlMessage.Offer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Every event in every state of both ends. What a table does not name changes nothing. */
class LaneRulesTest {
    private static final Offer OFFER = new Offer(1, LaneRules.HEADER);

    /** A state, and what each event that matters in it leads to. */
    record Row<S>(S state, Map<String, String> steps) {
        @Override
        public String toString() {
            return state.getClass().getSimpleName();
        }
    }

    static final List<Row<LaneSender>> SENDER = List.of(
            row(
                    new LaneSender.Idle(1),
                    "Ready 1 → ReadyAhead",
                    "Offer 1 → Closed, CloseLane",
                    "Taken 1 → Closed, CloseLane",
                    "Declined 1 → Closed, CloseLane",
                    "Offer 2 → Closed, CloseLane",
                    "Ready 2 → Closed, CloseLane",
                    "Taken 2 → Closed, CloseLane",
                    "Declined 2 → Closed, CloseLane",
                    "Malformed → Closed, CloseLane",
                    "InputEnded → Closed, CloseLane",
                    "CloseRequested → Closed, CloseLane",
                    "HandOver → Offered, send Offer, await READY"),
            row(
                    new LaneSender.ReadyAhead(1),
                    "Offer 1 → Closed, CloseLane",
                    "Ready 1 → Closed, CloseLane",
                    "Taken 1 → Closed, CloseLane",
                    "Declined 1 → Closed, CloseLane",
                    "Offer 2 → Closed, CloseLane",
                    "Ready 2 → Closed, CloseLane",
                    "Taken 2 → Closed, CloseLane",
                    "Declined 2 → Closed, CloseLane",
                    "Malformed → Closed, CloseLane",
                    "InputEnded → Closed, CloseLane",
                    "CloseRequested → Closed, CloseLane",
                    "HandOver → Passing, send Offer, SendDescriptor, await TAKEN"),
            row(
                    new LaneSender.Offered(1),
                    "Ready 1 → Passing, SendDescriptor, await TAKEN",
                    "Declined 1 → Idle, Declined",
                    "Offer 1 → Closed, Failed, CloseLane",
                    "Taken 1 → Closed, Failed, CloseLane",
                    "Offer 2 → Closed, Failed, CloseLane",
                    "Ready 2 → Closed, Failed, CloseLane",
                    "Taken 2 → Closed, Failed, CloseLane",
                    "Declined 2 → Closed, Failed, CloseLane",
                    "deadline READY 1 → Closed, Failed, CloseLane",
                    "Malformed → Closed, Failed, CloseLane",
                    "InputEnded → Closed, Failed, CloseLane",
                    "CloseRequested → Closed, Failed, CloseLane"),
            row(
                    new LaneSender.Passing(1),
                    "Taken 1 → Idle, Taken",
                    "Declined 1 → Idle, Declined",
                    "Offer 1 → Draining, StopReading",
                    "Ready 1 → Draining, StopReading",
                    "Offer 2 → Draining, StopReading",
                    "Ready 2 → Draining, StopReading",
                    "Taken 2 → Draining, StopReading",
                    "Declined 2 → Draining, StopReading",
                    "deadline TAKEN 1 → Draining, StopReading",
                    "Malformed → Draining, StopReading",
                    "CloseRequested → Draining, StopReading",
                    "InputEnded → Closed, Failed with descriptor, CloseLane",
                    "DescriptorNotSent → Closed, Failed, CloseLane"),
            row(
                    new LaneSender.Draining(1, "slow"),
                    "Taken 1 → Closed, Taken, CloseLane",
                    "Declined 1 → Closed, Declined, CloseLane",
                    "InputEnded → Closed, Failed with descriptor, CloseLane",
                    "DescriptorNotSent → Closed, Failed, CloseLane"),
            row(new LaneSender.Closed(), "HandOver → stays, Failed"));

    static final List<Row<LaneReceiver>> RECEIVER = List.of(
            row(
                    new LaneReceiver.Idle(1),
                    "Offer 1 → WaitingForRoom, AwaitRoom",
                    "Offer 2 → Closed, CloseLane",
                    "Ready 1 → Closed, CloseLane",
                    "Taken 1 → Closed, CloseLane",
                    "Declined 1 → Closed, CloseLane",
                    "Ready 2 → Closed, CloseLane",
                    "Taken 2 → Closed, CloseLane",
                    "Declined 2 → Closed, CloseLane",
                    "Malformed → Closed, CloseLane",
                    "InputEnded → Closed, CloseLane",
                    "CloseRequested → Closed, CloseLane"),
            row(
                    new LaneReceiver.WaitingForRoom(OFFER),
                    "RoomFound 1 → AwaitingDescriptor, ExpectDescriptor, send Ready, await DESCRIPTOR",
                    "Offer 1 → Closed, CloseLane",
                    "Ready 1 → Closed, CloseLane",
                    "Taken 1 → Closed, CloseLane",
                    "Declined 1 → Closed, CloseLane",
                    "Offer 2 → Closed, CloseLane",
                    "Ready 2 → Closed, CloseLane",
                    "Taken 2 → Closed, CloseLane",
                    "Declined 2 → Closed, CloseLane",
                    "Malformed → Closed, CloseLane",
                    "InputEnded → Closed, CloseLane",
                    "CloseRequested → Closed, CloseLane"),
            row(
                    new LaneReceiver.ReadyAhead(1),
                    "Offer 1 → AwaitingDescriptor, ExpectDescriptor, await DESCRIPTOR",
                    "Offer 2 → Closed, ReleaseRoom, CloseLane",
                    "Ready 1 → Closed, ReleaseRoom, CloseLane",
                    "Taken 1 → Closed, ReleaseRoom, CloseLane",
                    "Declined 1 → Closed, ReleaseRoom, CloseLane",
                    "Ready 2 → Closed, ReleaseRoom, CloseLane",
                    "Taken 2 → Closed, ReleaseRoom, CloseLane",
                    "Declined 2 → Closed, ReleaseRoom, CloseLane",
                    "Malformed → Closed, ReleaseRoom, CloseLane",
                    "InputEnded → Closed, ReleaseRoom, CloseLane",
                    "CloseRequested → Closed, ReleaseRoom, CloseLane"),
            row(
                    new LaneReceiver.AwaitingDescriptor(OFFER),
                    "DescriptorAccepted → WritingTaken, ExpectMessages, SendTaken",
                    "DescriptorAccepted and room for the next → WritingTaken, ExpectMessages, SendTaken with "
                            + "Ready[sequence=2]",
                    "DescriptorRejected → Idle, ExpectMessages, CloseDescriptor, ReleaseRoom, send Declined",
                    "DescriptorLost → Idle, ExpectMessages, ReleaseRoom, send Declined",
                    "WrongDescriptors → Closed, ReleaseRoom, CloseLane, DropSession",
                    "deadline DESCRIPTOR 1 → Closed, ReleaseRoom, CloseLane, DropSession",
                    "Offer 1 → Closed, ReleaseRoom, CloseLane, DropSession",
                    "Ready 1 → Closed, ReleaseRoom, CloseLane, DropSession",
                    "Taken 1 → Closed, ReleaseRoom, CloseLane, DropSession",
                    "Declined 1 → Closed, ReleaseRoom, CloseLane, DropSession",
                    "Offer 2 → Closed, ReleaseRoom, CloseLane, DropSession",
                    "Ready 2 → Closed, ReleaseRoom, CloseLane, DropSession",
                    "Taken 2 → Closed, ReleaseRoom, CloseLane, DropSession",
                    "Declined 2 → Closed, ReleaseRoom, CloseLane, DropSession",
                    "Malformed → Closed, ReleaseRoom, CloseLane",
                    "InputEnded → Closed, ReleaseRoom, CloseLane",
                    "CloseRequested → Closed, ReleaseRoom, CloseLane"),
            row(
                    new LaneReceiver.WritingTaken(OFFER, false, ""),
                    "TakenWritten → Idle, Adopt",
                    "TakenNotWritten → Closed, CloseDescriptor, ReleaseRoom, CloseLane",
                    "Offer 1 → WritingTaken",
                    "Ready 1 → WritingTaken",
                    "Taken 1 → WritingTaken",
                    "Declined 1 → WritingTaken",
                    "Offer 2 → WritingTaken",
                    "Ready 2 → WritingTaken",
                    "Taken 2 → WritingTaken",
                    "Declined 2 → WritingTaken",
                    "Malformed → WritingTaken",
                    "InputEnded → WritingTaken",
                    "CloseRequested → WritingTaken"),
            row(
                    new LaneReceiver.WritingTaken(OFFER, false, "enough"),
                    "TakenWritten → Closed, Adopt, CloseLane",
                    "TakenNotWritten → Closed, CloseDescriptor, ReleaseRoom, CloseLane",
                    "Offer 1 → WritingTaken",
                    "Ready 1 → WritingTaken",
                    "Taken 1 → WritingTaken",
                    "Declined 1 → WritingTaken",
                    "Offer 2 → WritingTaken",
                    "Ready 2 → WritingTaken",
                    "Taken 2 → WritingTaken",
                    "Declined 2 → WritingTaken",
                    "Malformed → WritingTaken",
                    "InputEnded → WritingTaken",
                    "CloseRequested → stays"),
            row(
                    new LaneReceiver.WritingTaken(OFFER, true, ""),
                    "TakenWritten → ReadyAhead, Adopt",
                    "TakenNotWritten → Closed, CloseDescriptor, ReleaseRoom, ReleaseRoom, CloseLane",
                    "Offer 1 → WritingTaken",
                    "Ready 1 → WritingTaken",
                    "Taken 1 → WritingTaken",
                    "Declined 1 → WritingTaken",
                    "Offer 2 → WritingTaken",
                    "Ready 2 → WritingTaken",
                    "Taken 2 → WritingTaken",
                    "Declined 2 → WritingTaken",
                    "Malformed → WritingTaken",
                    "InputEnded → WritingTaken",
                    "CloseRequested → WritingTaken"),
            row(
                    new LaneReceiver.WritingTaken(OFFER, true, "enough"),
                    "TakenWritten → Closed, Adopt, ReleaseRoom, CloseLane",
                    "TakenNotWritten → Closed, CloseDescriptor, ReleaseRoom, ReleaseRoom, CloseLane",
                    "Offer 1 → WritingTaken",
                    "Ready 1 → WritingTaken",
                    "Taken 1 → WritingTaken",
                    "Declined 1 → WritingTaken",
                    "Offer 2 → WritingTaken",
                    "Ready 2 → WritingTaken",
                    "Taken 2 → WritingTaken",
                    "Declined 2 → WritingTaken",
                    "Malformed → WritingTaken",
                    "InputEnded → WritingTaken",
                    "CloseRequested → stays"),
            row(
                    new LaneReceiver.Closed(),
                    "DescriptorAccepted → stays, CloseDescriptor",
                    "DescriptorAccepted and room for the next → stays, CloseDescriptor, ReleaseRoom",
                    "RoomFound 1 → stays, ReleaseRoom",
                    "RoomFound 2 → stays, ReleaseRoom"));

    @ParameterizedTest
    @FieldSource("SENDER")
    void theSenderDoesWhatTheTableSays(Row<LaneSender> row) {
        Stream<LaneEvent> handOver = row.state instanceof LaneSender.Idle
                        || row.state instanceof LaneSender.ReadyAhead
                        || row.state instanceof LaneSender.Closed
                ? Stream.of(new LaneEvent.HandOver(LaneRules.HEADER))
                : Stream.of();
        assertSteps(row, Stream.concat(events(), handOver), row.state::on);
    }

    @ParameterizedTest
    @FieldSource("RECEIVER")
    void theReceiverDoesWhatTheTableSays(Row<LaneReceiver> row) {
        assertSteps(row, events(), row.state::on);
    }

    @Test
    void aSecondConnectionAtATimeIsTheCallersMistake() {
        for (LaneSender busy :
                List.of(new LaneSender.Offered(1), new LaneSender.Passing(1), new LaneSender.Draining(1, "slow"))) {
            assertThatThrownBy(() -> busy.on(new LaneEvent.HandOver(LaneRules.HEADER)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("one connection at a time");
        }
    }

    @Test
    void sequenceNumbersCountTheOffers() {
        var next = new LaneSender.Passing(7)
                .on(LaneRules.received(new ControlMessage.Taken(7)))
                .next();
        assertThat(next).isEqualTo(new LaneSender.Idle(8));
        var receiver = new LaneReceiver.WritingTaken(new Offer(7, LaneRules.HEADER), false, "")
                .on(new LaneEvent.TakenWritten());
        assertThat(receiver.next()).isEqualTo(new LaneReceiver.Idle(8));
        var ahead = new LaneReceiver.WritingTaken(new Offer(7, LaneRules.HEADER), true, "")
                .on(new LaneEvent.TakenWritten());
        assertThat(ahead.next()).isEqualTo(new LaneReceiver.ReadyAhead(8));
        var ready = next.on(LaneRules.received(new ControlMessage.Ready(8)));
        assertThat(ready.next()).isEqualTo(new LaneSender.ReadyAhead(8));
    }

    private static Stream<LaneEvent> events() {
        return Stream.concat(LaneRules.MESSAGES.stream(), LaneRules.OTHERS.stream());
    }

    private static <S> void assertSteps(
            Row<S> row, Stream<LaneEvent> events, Function<LaneEvent, LaneStep<S>> onEvent) {
        Map<String, String> seen = new TreeMap<>();
        events.forEach(event -> {
            String step = LaneRules.text(onEvent.apply(event), row.state);
            if (!step.equals("stays") || row.steps.containsKey(LaneRules.name(event))) {
                seen.put(LaneRules.name(event), step);
            }
        });
        assertThat(seen).isEqualTo(row.steps);
    }

    private static <S> Row<S> row(S state, String... steps) {
        Map<String, String> map = new TreeMap<>();
        for (String step : steps) {
            String[] parts = step.split(" → ", 2);
            map.put(parts[0], parts[1]);
        }
        return new Row<>(state, map);
    }
}
