/** Between worker and port sharing service: control protocol, lanes, descriptor passing. */
package dev.nettcp.sharing;
