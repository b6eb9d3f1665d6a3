package dev.nettcp.binding.config;

/**
 * Something in a configuration file that has no effect here.
 *
 * @param file as it was given
 * @param line where the start tag of its element ends, from 1
 * @param element the name of the element
 * @param setting the attribute; or the child element, in angle brackets
 * @param reason why
 */
public record IgnoredSetting(String file, int line, String element, String setting, String reason) {
    @Override
    public String toString() {
        return "%s:%d: <%s> %s is ignored: %s".formatted(file, line, element, setting, reason);
    }
}
