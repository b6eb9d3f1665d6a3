/** Foreign programs that the tests run against: where they are, how they are started, what they say. */
package dev.nettcp.interop.peers;
