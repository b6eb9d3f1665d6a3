package dev.nettcp.sharing.service.config;

/**
 * What workers may take of the service's descriptors. Numbers are resolved: automatic has become a number, such that all
 * registrations with all their lanes need no more than half of the descriptors, and those who hold nothing no more than an eighth.
 *
 * @param max registrations of all users together
 * @param maxPerUser registrations of one user
 * @param maxGuests connections to the control socket that hold no registration and are no lane
 */
public record RegistrationSettings(int max, int maxPerUser, int maxGuests) {
    /** The control session, four lanes to the worker, two back. */
    private static final int DESCRIPTORS_EACH = 7;

    private static final int FEWEST = 4;
    private static final int FEWEST_GUESTS = 8;
    private static final int MOST_GUESTS = 1024;

    static RegistrationSettings of(ConfigFile file, int descriptors) {
        int max = orAutomatic(
                file.value(Settings.MAX_REGISTRATIONS), Math.max(FEWEST, descriptors / 2 / DESCRIPTORS_EACH));
        return new RegistrationSettings(
                max,
                orAutomatic(file.value(Settings.MAX_REGISTRATIONS_PER_USER), max - max / 4),
                orAutomatic(
                        file.value(Settings.MAX_GUESTS),
                        Math.max(FEWEST_GUESTS, Math.min(MOST_GUESTS, descriptors / 8))));
    }

    private static int orAutomatic(int value, int automatic) {
        return value == 0 ? automatic : value;
    }
}
