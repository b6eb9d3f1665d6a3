package dev.nettcp.binding;

import java.io.Serial;

/**
 * A setting of a {@link NetTcpBinding} has a bad value, contradicts another one, or stands for something that does not
 * exist yet. A binding is refused, never repaired and never silently replaced by a weaker one.
 */
public final class InvalidBindingException extends IllegalArgumentException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** The name of the setting, as in WCF. */
    private final String setting;

    InvalidBindingException(String setting, String message) {
        super(setting + ": " + message);
        this.setting = setting;
    }

    /** The setting that was refused, by WCF's name in lower camel case, for example {@code maxBufferSize}. */
    public String setting() {
        return setting;
    }

    static InvalidBindingException notImplemented(String setting, Object value, String instead) {
        return new InvalidBindingException(setting, value + " is not implemented in this version; " + instead);
    }
}
