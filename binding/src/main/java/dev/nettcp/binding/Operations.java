package dev.nettcp.binding;

import dev.nettcp.soap.Message;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A handler that finds the operation by the action of the message, which is compared exactly. */
public final class Operations implements MessageHandler {
    private final Map<String, MessageHandler> byAction;
    private final MessageHandler otherwise;

    private Operations(Map<String, MessageHandler> byAction, MessageHandler otherwise) {
        this.byAction = Map.copyOf(byAction);
        this.otherwise = otherwise;
    }

    /** The operations under their actions. Any other action is answered with the fault ActionNotSupported, then the session ends. */
    public static Operations of(Map<String, MessageHandler> byAction) {
        return new Operations(byAction, (message, session) -> {
            throw new ActionNotSupportedException(message.action());
        });
    }

    /** These operations, with a handler for every other action: WCF's action {@code *}. */
    public Operations otherwise(MessageHandler handler) {
        return new Operations(byAction, handler);
    }

    @Override
    public @Nullable Message handle(Message message, MessageSession session) throws Exception {
        return byAction.getOrDefault(message.action(), otherwise).handle(message, session);
    }
}
