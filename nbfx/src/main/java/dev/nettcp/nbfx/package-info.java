/** .NET Binary XML (NBFX, NBFS, NBFSE) as StAX. */
package dev.nettcp.nbfx;
