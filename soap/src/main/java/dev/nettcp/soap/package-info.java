/** SOAP messages with WS-Addressing and their encoders. */
package dev.nettcp.soap;
