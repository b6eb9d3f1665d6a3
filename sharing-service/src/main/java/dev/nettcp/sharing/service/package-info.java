/** The port sharing service: listen, read the preamble, route, hand over. */
package dev.nettcp.sharing.service;
