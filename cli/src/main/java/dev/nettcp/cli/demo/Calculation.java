package dev.nettcp.cli.demo;

import java.util.List;

/** One operation of the calculator with its operands, and what it must give. */
record Calculation(String operation, double n1, double n2) {

    /** All four operations, and the division by zero, over two numbers. */
    static List<Calculation> all(double n1, double n2) {
        return List.of(
                new Calculation("Add", n1, n2),
                new Calculation("Subtract", n1, n2),
                new Calculation("Multiply", n1, n2),
                new Calculation("Divide", n1, n2),
                new Calculation("Divide", n1, 0));
    }

    double expected() {
        return switch (operation) {
            case "Add" -> n1 + n2;
            case "Subtract" -> n1 - n2;
            case "Multiply" -> n1 * n2;
            case "Divide" -> n1 / n2;
            default -> throw new IllegalStateException("no such operation: " + operation);
        };
    }

    @Override
    public String toString() {
        return "%s(%s,%s)".formatted(operation, text(n1), text(n2));
    }

    /** A number as a person writes it. */
    static String text(double number) {
        if (Double.isInfinite(number)) return number > 0 ? "infinity" : "-infinity";
        return number == Math.rint(number) ? "%.0f".formatted(number) : Double.toString(number);
    }
}
