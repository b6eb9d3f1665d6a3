/** What the service counts, and the codes of what it logs. */
package dev.nettcp.sharing.service.telemetry;
