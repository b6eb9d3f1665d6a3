/** {@code nettcp demo}: the service, two workers in processes of their own, one port, and calls to both. */
@NullMarked
package dev.nettcp.cli.demo;

import org.jspecify.annotations.NullMarked;
