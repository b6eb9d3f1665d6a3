/** An accepted connection, how it arrives and how one leaves it. */
package dev.nettcp.connection;
