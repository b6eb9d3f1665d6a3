package dev.nettcp.benchmarks.codec;

import java.time.Instant;
import java.util.UUID;

/** The body with twenty typed fields, in the order in which they are written. */
record Order(
        int amount,
        int customerId,
        int quantity,
        int region,
        int status,
        long orderNumber,
        long version,
        long warehouseId,
        double discount,
        double price,
        double tax,
        boolean express,
        boolean paid,
        String city,
        String customerName,
        String note,
        String street,
        Instant placedAt,
        UUID trackingId,
        float weight) {

    static final Order SAMPLE = new Order(
            129950,
            4711,
            3,
            17,
            1,
            9007199254740993L,
            12,
            88123456789L,
            0.125,
            1299.5,
            246.905,
            false,
            true,
            "Springfield",
            "Jane Q. Customer",
            "leave at the back door, ring twice",
            "742 Evergreen Terrace",
            Instant.parse("2024-04-29T15:06:40Z"),
            UUID.fromString("0fedcba9-8765-4321-9edc-ba9876543210"),
            12.5f);
}
