package dev.nettcp.framing.via;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a change copies is what it costs; counted in bytes, because bytes do not depend on how busy the machine is. */
class PrefixTableGrowthTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void anInsertIntoALargeTableCopiesAtMostTwiceAsMuchAsIntoASmallOne() {
        long small = bytesPerInsert(10);
        long large = bytesPerInsert(100_000);
        assertThat(large).as("bytes per insert, small: %d", small).isLessThanOrEqualTo(2 * small);
    }

    private static long bytesPerInsert(int size) {
        PrefixTable<Integer> table = PrefixTable.ofRegistrations();
        for (int i = 0; i < size; i++) {
            table = table.with(address("/service/" + i), HostNameComparisonMode.STRONG_WILDCARD, i);
        }
        List<BaseAddress> more = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            more.add(address("/service/more" + i));
        }
        long before = THREADS.getCurrentThreadAllocatedBytes();
        int inserted = 0;
        for (BaseAddress address : more) {
            inserted += table.with(address, HostNameComparisonMode.STRONG_WILDCARD, 0)
                            .size()
                    - size;
        }
        long bytes = THREADS.getCurrentThreadAllocatedBytes() - before;
        assertThat(inserted).isEqualTo(more.size());
        return bytes / inserted;
    }

    private static BaseAddress address(String path) {
        return BaseAddress.parse("net.tcp://localhost:9000" + path);
    }
}
