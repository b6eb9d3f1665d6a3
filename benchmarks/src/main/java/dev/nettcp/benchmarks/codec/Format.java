package dev.nettcp.benchmarks.codec;

import com.ctc.wstx.stax.WstxInputFactory;
import com.ctc.wstx.stax.WstxOutputFactory;
import com.fasterxml.aalto.stax.InputFactoryImpl;
import com.fasterxml.aalto.stax.OutputFactoryImpl;

/** What is compared. */
public enum Format {
    NETTCP("nettcp"),
    WOODSTOX("Woodstox"),
    AALTO("Aalto"),
    INFOSET("Fast Infoset"),
    INFOSET_ALGORITHMS("Fast Infoset's algorithms"),
    COPY("copy");

    /** For the report. */
    final String title;

    Format(String title) {
        this.title = title;
    }

    Codec codec(Sample sample) throws Exception {
        return switch (this) {
            case NETTCP -> new NetTcpCodec(sample);
            case WOODSTOX -> new TextCodec(sample, new WstxOutputFactory(), new WstxInputFactory());
            case AALTO -> new TextCodec(sample, new OutputFactoryImpl(), new InputFactoryImpl());
            case INFOSET -> new InfosetCodec(sample);
            case INFOSET_ALGORITHMS -> new InfosetAlgorithmCodec(sample);
            case COPY -> new CopyCodec(sample);
        };
    }
}
