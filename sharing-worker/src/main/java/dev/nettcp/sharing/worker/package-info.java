/** The connection source that is fed by the port sharing service. */
package dev.nettcp.sharing.worker;
