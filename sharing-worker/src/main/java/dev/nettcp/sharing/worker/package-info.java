/**
 * Serves an address on a port that the port sharing service holds: {@link dev.nettcp.sharing.worker.SharedListener} is a
 * {@link dev.nettcp.connection.ConnectionSource} like a port of one's own, and is found by the service loader.
 */
package dev.nettcp.sharing.worker;
