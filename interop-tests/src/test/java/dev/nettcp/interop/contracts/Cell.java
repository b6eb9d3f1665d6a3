package dev.nettcp.interop.contracts;

/**
 * One cell of the table.
 *
 * @param direction who calls whom
 * @param sharedPort whether the server shares its port
 */
public record Cell(Direction direction, Contract contract, Security security, boolean sharedPort) {

    /** Who calls whom. */
    public enum Direction {
        DOTNET_CLIENT(".NET's client, our server"),
        OUR_CLIENT("our client, .NET's server");

        private final String text;

        Direction(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    public String port() {
        return sharedPort ? "shared port" : "own port";
    }

    @Override
    public String toString() {
        return "%s, %s, %s".formatted(contract, security, port());
    }
}
