/**
 * The tables that let binary XML write a number instead of a text: the static table of SOAP, [MC-NBFS], and the table that
 * the two ends of a session build up while they talk, [MC-NBFSE].
 */
package dev.nettcp.nbfx.dictionary;
