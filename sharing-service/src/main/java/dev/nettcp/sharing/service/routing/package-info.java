/**
 * Where a connection goes: an immutable table of registrations, and the decision it gives for a via and the address the
 * connection arrived at. No socket, no thread, no clock.
 */
package dev.nettcp.sharing.service.routing;
