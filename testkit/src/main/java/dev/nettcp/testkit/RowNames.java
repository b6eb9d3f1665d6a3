package dev.nettcp.testkit;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.opentest4j.TestAbortedException;

/**
 * Writes into the failure of a test of many rows which row it was: the console knows such tests by their number alone. Registered for every
 * test of the build by automatic detection.
 */
public final class RowNames implements InvocationInterceptor {

    @Override
    public void interceptTestTemplateMethod(
            Invocation<@Nullable Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        named(context.getDisplayName(), invocation);
    }

    @Override
    public void interceptDynamicTest(
            Invocation<@Nullable Void> invocation, DynamicTestInvocationContext test, ExtensionContext context)
            throws Throwable {
        named(context.getDisplayName(), invocation);
    }

    static void named(String row, Invocation<@Nullable Void> invocation) throws Throwable {
        try {
            invocation.proceed();
        } catch (TestAbortedException e) {
            throw e;
        } catch (Throwable failure) {
            failure.addSuppressed(new InRow(row));
            throw failure;
        }
    }

    /** Stands behind the stack trace of the failure. */
    static final class InRow extends Exception {
        private static final long serialVersionUID = 1L;

        InRow(String row) {
            super(row, null, false, false);
        }
    }
}
