/** Services that the clients of the peers know, on nettcp's server, and the processes that hold them. */
package dev.nettcp.interop.services;
