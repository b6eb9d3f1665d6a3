package dev.nettcp.interop.contracts;

import static dev.nettcp.interop.services.Operation.part;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nettcp.binding.NetTcpClient;
import dev.nettcp.binding.SoapFaultException;
import dev.nettcp.interop.services.Operation;
import dev.nettcp.interop.services.TypesService;
import dev.nettcp.interop.services.XmlText;
import dev.nettcp.soap.ContentWriter;
import dev.nettcp.soap.FaultCodes;
import dev.nettcp.soap.Header;
import dev.nettcp.soap.Message;
import dev.nettcp.testkit.Waiting;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.namespace.QName;
import org.codehaus.stax2.typed.TypedXMLStreamReader;

/**
 * The contract ITypes. Values are written as the serializer of .NET would write them, which reads them, makes objects of them and writes
 * those; so what comes back is compared with what was sent.
 */
final class TypesScenarios {

    private static final String SCHEMA_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance";
    private static final String DECLARATIONS =
            ("xmlns:d='%s' xmlns:i='%s' xmlns:a='http://schemas.microsoft.com/2003/10/Serialization/Arrays'"
                            + " xmlns:s='http://schemas.datacontract.org/2004/07/System' xmlns:x='http://www.w3.org/2001/XMLSchema'")
                    .formatted(Operation.DATA, SCHEMA_INSTANCE);

    private static final String PERSON = "<d:Name>Ada</d:Name><d:Age>36</d:Age>"
            + "<d:Home><d:Street>1 Main St</d:Street><d:Zip>12345</d:Zip></d:Home>"
            + "<d:Tags><a:string>x</a:string><a:string/><a:string>\u00e9\u4e2d\ud83d\ude00</a:string></d:Tags>"
            + "<d:Favorite>Azure</d:Favorite><d:Born>1815-12-10T00:00:00Z</d:Born>";
    private static final String NOBODY =
            "<d:Home i:nil='true'/><d:Tags i:nil='true'/><d:Favorite>Red</d:Favorite><d:Born i:nil='true'/>";
    private static final String MINIMUM = "<d:Name>Min</d:Name><d:Age>0</d:Age>" + NOBODY;
    private static final String EMPLOYEE = "<d:Name>Bob</d:Name><d:Age>1</d:Age>" + NOBODY
            + "<d:Salary>1234.50</d:Salary><d:BadgeId>00112233-4455-6677-8899-aabbccddeeff</d:BadgeId>";
    private static final String ALL_TYPES =
            "<d:Bool>true</d:Bool><d:SByte>-5</d:SByte><d:Byte>200</d:Byte><d:Short>-300</d:Short>"
                    + "<d:UShort>60000</d:UShort><d:Int>-70000</d:Int><d:UInt>4000000000</d:UInt><d:Long>-5000000000</d:Long>"
                    + "<d:ULong>10000000000000000000</d:ULong><d:Float>1.5</d:Float><d:Double>-2.25</d:Double><d:Decimal>3.1400</d:Decimal>"
                    + "<d:Char>90</d:Char><d:DateTime>2020-01-02T03:04:05Z</d:DateTime><d:TimeSpan>P1DT2H3M4.005S</d:TimeSpan>"
                    + "<d:Guid>00112233-4455-6677-8899-aabbccddeeff</d:Guid><d:Bytes>" + base64(10)
                    + "</d:Bytes><d:String>s</d:String>"
                    + "<d:Uri>urn:x</d:Uri><d:Color>Green</d:Color><d:Access>Write</d:Access><d:NullableInt>9</d:NullableInt>"
                    + "<d:NullInt i:nil='true'/><d:DateTimeOffset><s:DateTime>2024-02-29T20:34:56Z</s:DateTime>"
                    + "<s:OffsetMinutes>-480</s:OffsetMinutes></d:DateTimeOffset><d:Boxed i:type='x:int'>17</d:Boxed>";

    private TypesScenarios() {}

    static Map<String, Scenario> all() {
        return new Scenario.Names()
                .add("string", types(client -> {
                    for (String text :
                            List.of("hello", "", " lead and trail ", "a<b>&\"'\r\n\t", "\u00e9\u4e2d\ud83d\ude00")) {
                        echoText(client, text);
                    }
                    for (String text : List.of("x".repeat(255), "y".repeat(256), "\u4e2d".repeat(30_000))) {
                        echoText(client, text);
                    }
                }))
                .add("string-null", nothing("String"))
                .add("string-hello", types(client -> echoText(client, "hello")))
                .add("bool", echoes("Bool", "true", "false"))
                .add("small-ints", types(client -> {
                    echoAll(client, "SByte", "0", "1", "-1", "-128", "127");
                    echoAll(client, "Byte", "0", "1", "127", "128", "255");
                    echoAll(client, "Short", "0", "1", "-1", "127", "128", "-128", "-129", "-32768", "32767");
                    echoAll(client, "UShort", "0", "1", "32768", "65535");
                }))
                .add(
                        "int",
                        echoes(
                                "Int",
                                "0",
                                "1",
                                "-1",
                                "127",
                                "128",
                                "-128",
                                "-129",
                                "32767",
                                "32768",
                                "-32769",
                                "-2147483648",
                                "2147483647"))
                .add("uint", echoes("UInt", "0", "1", "2147483648", "4294967295"))
                .add(
                        "long",
                        echoes(
                                "Long",
                                "0",
                                "1",
                                "-1",
                                "2147483648",
                                "1099511627776",
                                "-9223372036854775808",
                                "9223372036854775807"))
                .add("ulong", echoes("ULong", "0", "1", "9223372036854775808", "18446744073709551615"))
                .add("float", types(TypesScenarios::floats))
                .add("double", types(TypesScenarios::doubles))
                .add(
                        "decimal",
                        echoes(
                                "Decimal",
                                "0",
                                "1",
                                "-1",
                                "1.00",
                                "123456789.123456789",
                                "79228162514264337593543950335",
                                "-79228162514264337593543950335",
                                "0.0000000000000000000000000001"))
                .add("char", echoes("Char", "65", "233", "20013"))
                .add(
                        "datetime",
                        echoes(
                                "DateTime",
                                "2024-02-29T12:34:56.789Z",
                                "2024-02-29T12:34:56",
                                "2022-09-29T22:13:20.0000001Z",
                                "0001-01-01T00:00:00",
                                "9999-12-31T23:59:59.9999999"))
                .add("datetime-local", types(TypesScenarios::localTime))
                .add(
                        "datetimeoffset",
                        echoes(
                                "DateTimeOffset",
                                "<s:DateTime>2024-02-29T07:04:56Z</s:DateTime><s:OffsetMinutes>330</s:OffsetMinutes>"))
                .add(
                        "timespan",
                        echoes(
                                "TimeSpan",
                                "PT0S",
                                "PT0.0000001S",
                                "-P1DT2H3M4.005S",
                                "P10675199DT2H48M5.4775807S",
                                "-P10675199DT2H48M5.4775808S"))
                .add(
                        "guid",
                        echoes("Guid", "00000000-0000-0000-0000-000000000000", "00112233-4455-6677-8899-aabbccddeeff"))
                .add("bytes", types(client -> {
                    for (int length : List.of(0, 1, 2, 3, 4, 255, 256, 257, 65_535, 65_536)) {
                        echoBytes(client, length);
                    }
                }))
                .add("bytes-null", nothing("Bytes"))
                .add("uri", echoes("Uri", "http://example.org/a?b=c"))
                .add("enum", echoes("Enum", "Red", "Green", "Azure"))
                .add("flags", echoes("Flags", "Read Execute"))
                .add("nullable", types(client -> {
                    echoAll(client, "NullableInt", "7");
                    echoNothing(client, "NullableInt");
                }))
                .add("int-array", types(client -> {
                    echoAll(
                            client,
                            "IntArray",
                            IntStream.range(-5, 295)
                                    .mapToObj("<a:int>%d</a:int>"::formatted)
                                    .collect(Collectors.joining()));
                    echoAll(client, "IntArray", "");
                }))
                .add(
                        "double-array",
                        echoes(
                                "DoubleArray",
                                "<a:double>0</a:double><a:double>1.5</a:double><a:double>2.718281828459045</a:double>"))
                .add(
                        "string-list",
                        echoes(
                                "StringList",
                                "<a:string>a</a:string><a:string/><a:string i:nil='true'/><a:string>b</a:string>"))
                .add("dictionary", echoes("Dictionary", entry("string", "one", "1") + entry("string", "two", "2")))
                .add("data-contract", echoes("Person", PERSON))
                .add("data-contract-null", nothing("Person"))
                .add("known-type", types(client -> echo(client, "Person", "i:type='d:Employee'", EMPLOYEE)))
                .add(
                        "data-contract-list",
                        echoes(
                                "PersonList",
                                "<d:Person>" + PERSON + "</d:Person><d:Person i:nil='true'/><d:Person>" + MINIMUM
                                        + "</d:Person>"))
                .add(
                        "data-contract-dictionary",
                        echoes(
                                "PersonDictionary",
                                "<a:KeyValueOfintPersonsqwEno0p><a:Key>5</a:Key><a:Value>" + PERSON
                                        + "</a:Value></a:KeyValueOfintPersonsqwEno0p>"))
                .add("all-types", echoes("AllTypes", ALL_TYPES))
                .add(
                        "void",
                        types(client ->
                                client.request(TypesService.named("DoNothing").request())))
                .add("out-ref", types(TypesScenarios::outAndRef))
                .add("message-header", types(TypesScenarios::header))
                .add("one-way", types(TypesScenarios::oneWay))
                .add("declared-fault", types(TypesScenarios::declaredFault))
                .add(
                        "plain-fault",
                        types(client -> assertThat(fault(
                                                client,
                                                TypesService.named("FailPlain").request(part("reason", "some reason")))
                                        .fault()
                                        .reason())
                                .isEqualTo("some reason")))
                .add("fault-code", types(TypesScenarios::faultCode))
                .add("unhandled-fault", types(TypesScenarios::unhandled))
                .add("large-string", types(client -> echoText(client, "abcdefghijklmnopqrstuvwxyz".repeat(40_330))))
                .add("large-bytes", types(client -> echoBytes(client, 4 << 20)))
                .add(
                        "large-download",
                        types(client -> assertThat(call(client, "MakeBytes", part("length", 8 << 20))
                                        .getElementAsBinary())
                                .isEqualTo(TypesService.payload(8 << 20))))
                .add("large-upload", types(TypesScenarios::upload))
                .add("long-string-table", types(client -> {
                    longNames(client, 1, 2, 3);
                    longNames(client, 4, 5, 6);
                }))
                .add("string-table-reuse", types(client -> {
                    for (int i = 0; i < 5; i++) {
                        echoAll(client, "Int", Integer.toString(i));
                        echoText(client, "v" + i);
                        echoAll(client, "Person", PERSON);
                    }
                }))
                .add("concurrent-calls", types(TypesScenarios::concurrent))
                .add("async-pattern", TypesScenarios::slowAndFast)
                .add("idle-then-call", types(client -> {
                    echoAll(client, "Int", "1");
                    new CompletableFuture<>()
                            .completeOnTimeout("idle", 3, TimeUnit.SECONDS)
                            .join();
                    echoAll(client, "Int", "2");
                }))
                .add("many-connections", client -> {
                    for (int i = 0; i < 10; i++) {
                        String number = Integer.toString(i);
                        client.buffered("", calls -> echoAll(calls, "Int", number));
                    }
                })
                .add("parallel-connections", TypesScenarios::parallel)
                .all();
    }

    // ---- echoes

    private static Scenario types(OurClient.Calls calls) {
        return client -> client.buffered("", calls);
    }

    /** Each of the values comes back. */
    private static Scenario echoes(String type, String... values) {
        return types(client -> echoAll(client, type, values));
    }

    private static Scenario nothing(String type) {
        return types(client -> echoNothing(client, type));
    }

    private static void echoNothing(NetTcpClient client, String type) throws Exception {
        echo(client, type, "i:nil='true'", "");
    }

    private static void echoAll(NetTcpClient client, String type, String... values) throws Exception {
        for (String value : values) {
            echo(client, type, "", value);
        }
    }

    private static void echo(NetTcpClient client, String type, String attributes, String value) throws Exception {
        Operation operation = TypesService.named("Echo" + type);
        Message reply = client.request(
                Message.of(operation.action(), XmlText.body(element(operation.name(), "value", attributes, value))));
        assertThat(comparable(XmlText.canonical(reply.body())))
                .isEqualTo(comparable(XmlText.canonical(
                        element(operation.name() + "Response", operation.name() + "Result", attributes, value))));
    }

    private static String element(String wrapper, String part, String attributes, String value) {
        return "<%1$s xmlns='%2$s'><%3$s %4$s %5$s>%6$s</%3$s></%1$s>"
                .formatted(wrapper, Operation.NAMESPACE, part, DECLARATIONS, attributes, value);
    }

    /** Prefixes in values are for the writer to choose. */
    private static String comparable(String canonical) {
        return canonical.replaceAll("(\\{" + SCHEMA_INSTANCE + "}type=)\\w+:", "$1");
    }

    private static String entry(String type, String key, String value) {
        return "<a:KeyValueOf%1$sint><a:Key>%2$s</a:Key><a:Value>%3$s</a:Value></a:KeyValueOf%1$sint>"
                .formatted(type, key, value);
    }

    private static void echoText(NetTcpClient client, String text) throws Exception {
        assertThat(call(client, "EchoString", part("value", text)).getElementText())
                .isEqualTo(text);
    }

    private static void echoBytes(NetTcpClient client, int length) throws Exception {
        byte[] bytes = TypesService.payload(length);
        ContentWriter value = out -> out.writeBinary(bytes, 0, length);
        assertThat(call(client, "EchoBytes", part("value", value)).getElementAsBinary())
                .isEqualTo(bytes);
    }

    private static void floats(NetTcpClient client) throws Exception {
        for (float value : new float[] {
            0,
            1,
            -1.5f,
            3.1415927f,
            Float.MAX_VALUE,
            Float.MIN_VALUE,
            Float.NaN,
            Float.POSITIVE_INFINITY,
            Float.NEGATIVE_INFINITY
        }) {
            assertThat(call(client, "EchoFloat", part("value", out -> out.writeFloat(value)))
                            .getElementAsFloat())
                    .isEqualTo(Float.valueOf(value));
        }
    }

    private static void doubles(NetTcpClient client) throws Exception {
        for (double value : new double[] {
            0,
            1,
            -1.5,
            Math.PI,
            Double.MAX_VALUE,
            Double.MIN_VALUE,
            Double.NaN,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY
        }) {
            assertThat(call(client, "EchoDouble", part("value", out -> out.writeDouble(value)))
                            .getElementAsDouble())
                    .isEqualTo(Double.valueOf(value));
        }
    }

    private static void localTime(NetTcpClient client) throws Exception {
        String there = "2024-02-29T12:34:56+02:00";
        String back = call(client, "EchoDateTime", part("value", there)).getElementText();
        assertThat(OffsetDateTime.parse(back).toInstant())
                .isEqualTo(OffsetDateTime.parse(there).toInstant());
    }

    private static String base64(int length) {
        return Base64.getEncoder().encodeToString(TypesService.payload(length));
    }

    // ---- operations

    /** @return a reader on the result */
    private static TypedXMLStreamReader call(NetTcpClient client, String operation, Operation.Part... arguments)
            throws Exception {
        return TypesService.result(client.request(TypesService.named(operation).request(arguments)));
    }

    private static void outAndRef(NetTcpClient client) throws Exception {
        TypedXMLStreamReader parts = call(client, "AddWithOut", part("a", 2), part("b", 3), part("note", "n"));
        assertThat(parts.getElementAsInt()).isEqualTo(5);
        parts.nextTag();
        assertThat(parts.getElementText()).isEqualTo("n!");
        parts.nextTag();
        assertThat(parts.getElementAsLong()).isEqualTo(6);
    }

    private static void header(NetTcpClient client) throws Exception {
        QName ticket = new QName(Operation.DATA, "Ticket", "h");
        String body = "<HeaderEcho xmlns='%s'><Text>body</Text></HeaderEcho>".formatted(Operation.NAMESPACE);
        Message reply =
                client.request(Message.of(TypesService.named("EchoHeader").action(), XmlText.body(body))
                        .withHeader(Header.of(ticket, "t-1")));
        assertThat(reply.header(ticket).orElseThrow().text()).isEqualTo("t-1");
        assertThat(XmlText.canonical(reply.body())).isEqualTo(XmlText.canonical(body));
    }

    private static void oneWay(NetTcpClient client) throws Exception {
        String key = UUID.randomUUID().toString();
        for (int amount = 1; amount <= 3; amount++) {
            client.send(TypesService.named("Notify").request(part("key", key), part("amount", amount)));
        }
        Waiting.until("all three have arrived", () -> total(client, key) == 6);
    }

    private static int total(NetTcpClient client, String key) {
        try {
            return call(client, "NotifiedTotal", part("key", key)).getElementAsInt();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static void upload(NetTcpClient client) throws Exception {
        byte[] bytes = TypesService.payload(8 << 20);
        long sum = 0;
        for (byte each : bytes) {
            sum += Byte.toUnsignedInt(each);
        }
        ContentWriter value = out -> out.writeBinary(bytes, 0, bytes.length);
        assertThat(call(client, "SumBytes", part("value", value)).getElementAsLong())
                .isEqualTo(sum);
    }

    private static void longNames(NetTcpClient client, int a, int b, int c) throws Exception {
        assertThat(call(
                                client,
                                "AddWithLongParameterNames",
                                part("theFirstOfTwoNumbersThatAreToBeAddedTogetherByTheService", a),
                                part("theSecondOfTwoNumbersThatAreToBeAddedTogetherByTheService", b),
                                part("theThirdNumberThatIsAddedAfterTheFirstTwo", c))
                        .getElementAsInt())
                .isEqualTo(a + b + c);
    }

    // ---- faults

    private static SoapFaultException fault(NetTcpClient client, Message request) {
        try {
            Message reply = client.request(request);
            throw new AssertionError("no fault, but " + reply);
        } catch (SoapFaultException e) {
            return e;
        } catch (Exception e) {
            throw new AssertionError("no fault", e);
        }
    }

    static Message divide(String contract, int dividend, int divisor) {
        return new Operation(contract, "Divide").request(part("dividend", dividend), part("divisor", divisor));
    }

    private static void declaredFault(NetTcpClient client) throws Exception {
        quotient(client, 7, 2, 3);
        SoapFaultException fault = fault(client, divide("ITypes", 1, 0));
        assertThat(fault.fault().reason()).isEqualTo("divisor must not be zero");
        assertThat(fault.action()).endsWith("DivideValidationFault");
        assertThat(XmlText.canonical(fault.fault().detail().orElseThrow().reader()))
                .isEqualTo(XmlText.canonical(
                        "<ValidationFault xmlns='%s'><Field>divisor</Field><Code>42</Code></ValidationFault>"
                                .formatted(Operation.DATA)));
        quotient(client, 8, 2, 4);
    }

    private static void quotient(NetTcpClient client, int dividend, int divisor, int expected) throws Exception {
        assertThat(TypesService.result(client.request(divide("ITypes", dividend, divisor)))
                        .getElementAsInt())
                .isEqualTo(expected);
    }

    private static void faultCode(NetTcpClient client) {
        SoapFaultException fault = fault(
                client,
                TypesService.named("FailWithCode").request(part("code", "BadThing"), part("reason", "some reason")));
        assertThat(fault.fault().reason()).isEqualTo("some reason");
        assertThat(fault.fault().code()).isEqualTo(FaultCodes.SENDER);
        assertThat(fault.fault().subcodes()).containsExactly(new QName(Operation.DATA, "BadThing"));
    }

    /** The service gives the session up after it. */
    private static void unhandled(NetTcpClient client) {
        SoapFaultException fault =
                fault(client, TypesService.named("FailUnhandled").request(part("text", "boom")));
        assertThat(fault.fault().is(FaultCodes.INTERNAL_SERVICE_FAULT)).isTrue();
        client.abort();
    }

    // ---- several at a time

    private static CompletableFuture<Message> later(NetTcpClient client, int number) {
        return client.requestAsync(TypesService.named("EchoInt").request(part("value", number)));
    }

    private static void concurrent(NetTcpClient client) throws Exception {
        List<CompletableFuture<Message>> replies =
                IntStream.range(0, 40).mapToObj(number -> later(client, number)).toList();
        for (int i = 0; i < replies.size(); i++) {
            assertThat(TypesService.result(Waiting.result("reply " + i, replies.get(i)))
                            .getElementAsInt())
                    .isEqualTo(i);
        }
    }

    /** The slow call takes so long that nobody waits for it. */
    private static void slowAndFast(OurClient client) throws Exception {
        NetTcpClient calls =
                NetTcpClient.to(client.address(""), client.buffered().build());
        CompletableFuture<Message> slow =
                calls.requestAsync(TypesService.named("Sleep").request(part("milliseconds", 20_000)));
        echoText(calls, "fast");
        assertThat(slow).isNotDone();
        calls.abort();
        assertThatThrownBy(() -> Waiting.result("the slow call has failed", slow))
                .isInstanceOf(Throwable.class);
    }

    private static void parallel(OurClient client) throws Exception {
        List<NetTcpClient> clients = new ArrayList<>();
        List<CompletableFuture<Message>> replies = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            clients.add(NetTcpClient.to(client.address(""), client.buffered().build()));
            replies.add(later(clients.get(i), i));
        }
        for (int i = 0; i < 8; i++) {
            assertThat(TypesService.result(Waiting.result("reply " + i, replies.get(i)))
                            .getElementAsInt())
                    .isEqualTo(i);
            clients.get(i).close();
        }
    }
}
