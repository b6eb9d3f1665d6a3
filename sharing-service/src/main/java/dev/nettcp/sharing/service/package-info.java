/**
 * The port sharing service: many worker processes behind one TCP port. It accepts each connection, reads the preamble as far as
 * the destination, and hands the connected socket to the worker that registered the address; after that it is out of the way.
 *
 * <p>{@link dev.nettcp.sharing.service.PortSharingService} starts and stops it; the packages below are its steps, in the order in which a
 * connection takes them: {@code listen}, {@code routing}, {@code handover}; and beside them {@code registration},
 * {@code admin}, {@code config} and {@code telemetry}.
 */
package dev.nettcp.sharing.service;
