/** Commands that speak net.tcp to a service themselves. */
@NullMarked
package dev.nettcp.cli.remote;

import org.jspecify.annotations.NullMarked;
