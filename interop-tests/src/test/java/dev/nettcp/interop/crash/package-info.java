/**
 * The crash matrix: worker, service and client are killed, and worker and service stopped, at every step of a handover and of
 * a return, with real processes. Who owned the connection then decides what its client may see.
 */
package dev.nettcp.interop.crash;
