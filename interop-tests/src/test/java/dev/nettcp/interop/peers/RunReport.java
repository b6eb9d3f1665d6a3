package dev.nettcp.interop.peers;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/** Lists after a test run what was run against which counterpart, and which were absent. */
public final class RunReport implements TestExecutionListener {

    private static final Map<String, Set<String>> RAN = new TreeMap<>();
    private static final Map<String, String> ABSENT = new TreeMap<>();

    static synchronized void ran(String counterpart, String what) {
        RAN.computeIfAbsent(counterpart, key -> new TreeSet<>()).add(what);
    }

    static synchronized void absent(String counterpart, String reason) {
        if (ABSENT.put(counterpart, reason) == null) {
            System.out.printf("ABSENT %s: %s%n", counterpart, reason);
        }
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        print();
    }

    private static synchronized void print() {
        RAN.forEach((counterpart, all) ->
                System.out.printf("RAN %s: %d (%s)%n", counterpart, all.size(), String.join(", ", all)));
        ABSENT.forEach((counterpart, reason) -> System.out.printf("ABSENT %s: %s%n", counterpart, reason));
    }
}
