/**
 * Carries the messages and the descriptors of {@link dev.nettcp.sharing} over Unix sockets, by Netty's epoll transport:
 * {@link dev.nettcp.sharing.unix.ControlServer} for the service, {@link dev.nettcp.sharing.unix.ControlClient} for workers
 * and commands.
 */
package dev.nettcp.sharing.unix;
