package dev.nettcp.sharing.service.config;

/**
 * One key of the configuration file.
 *
 * @param path the key, with a dot between section and name
 * @param type which values are allowed
 * @param initial the value when the file does not have the key
 * @param description what it does, in one or two sentences for the manual
 */
public record Setting<T>(String path, SettingType<T> type, T initial, String description) {

    /** The section in front of the dot; empty for a key at the top of the file. */
    String section() {
        int dot = path.indexOf('.');
        return dot < 0 ? "" : path.substring(0, dot);
    }

    String name() {
        return path.substring(path.indexOf('.') + 1);
    }
}
