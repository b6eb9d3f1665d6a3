/** Addresses of net.tcp: .NET's rules for URIs, and the table that finds who listens at one. */
package dev.nettcp.framing.via;
