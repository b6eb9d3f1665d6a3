package dev.nettcp.binding.config;

import java.util.List;
import java.util.Map;

/**
 * An element of a configuration file. Text between elements has no meaning there and is not kept.
 *
 * @param file as it was given
 * @param line where its start tag ends, from 1
 * @param attributes in the order of the file
 */
record XmlElement(String file, int line, String name, Map<String, String> attributes, List<XmlElement> children) {

    List<XmlElement> children(String childName) {
        return children.stream().filter(child -> child.name().equals(childName)).toList();
    }

    AppConfigException problem(String message) {
        return new AppConfigException(file, line, "<" + name + "> " + message);
    }

    AppConfigException problem(String message, Throwable cause) {
        return new AppConfigException(file, line, "<" + name + "> " + message, cause);
    }
}
