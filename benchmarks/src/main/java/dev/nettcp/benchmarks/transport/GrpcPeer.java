package dev.nettcp.benchmarks.transport;

import com.google.protobuf.ByteString;
import com.google.protobuf.BytesValue;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** gRPC as it comes, without TLS: a unary call of protobuf's {@code BytesValue}, blocking stubs, handlers on its own pool. */
final class GrpcPeer implements Peer {

    private static final MethodDescriptor<BytesValue, BytesValue> ECHO =
            MethodDescriptor.<BytesValue, BytesValue>newBuilder()
                    .setType(MethodType.UNARY)
                    .setFullMethodName(MethodDescriptor.generateFullMethodName("Echo", "Echo"))
                    .setRequestMarshaller(ProtoUtils.marshaller(BytesValue.getDefaultInstance()))
                    .setResponseMarshaller(ProtoUtils.marshaller(BytesValue.getDefaultInstance()))
                    .build();

    @Override
    public Server serve(Path certificates) throws IOException {
        io.grpc.Server server = NettyServerBuilder.forAddress(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(ServerServiceDefinition.builder("Echo")
                        .addMethod(ECHO, ServerCalls.asyncUnaryCall(GrpcPeer::answer))
                        .build())
                .build()
                .start();
        return new Server() {
            @Override
            public int port() {
                return server.getPort();
            }

            @Override
            public void close() {
                server.shutdownNow();
            }
        };
    }

    private static void answer(BytesValue request, StreamObserver<BytesValue> replies) {
        byte[] payload = request.getValue().toByteArray();
        replies.onNext(value(payload));
        replies.onCompleted();
    }

    private static BytesValue value(byte[] payload) {
        return BytesValue.newBuilder().setValue(ByteString.copyFrom(payload)).build();
    }

    @Override
    public Client connect(Target target, int connections) {
        List<ManagedChannel> channels = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            channels.add(NettyChannelBuilder.forAddress(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), target.port()))
                    .usePlaintext()
                    .build());
        }
        return new Client() {
            @Override
            public byte[] echo(int caller, byte[] payload) {
                return ClientCalls.blockingUnaryCall(
                                channels.get(caller % connections), ECHO, CallOptions.DEFAULT, value(payload))
                        .getValue()
                        .toByteArray();
            }

            @Override
            public void close() {
                channels.forEach(ManagedChannel::shutdownNow);
            }
        };
    }
}
