package dev.nettcp.benchmarks.codec;

import jakarta.xml.bind.annotation.XmlElement;
import jakarta.xml.bind.annotation.XmlRootElement;

/** What JAXB binds. */
@XmlRootElement(name = "attachment", namespace = Names.DEMO)
public final class Attachment {
    @XmlElement(name = "Data", namespace = Names.DEMO)
    byte[] data;

    /** For JAXB. */
    public Attachment() {
        this(new byte[0]);
    }

    Attachment(byte[] data) {
        this.data = data;
    }
}
