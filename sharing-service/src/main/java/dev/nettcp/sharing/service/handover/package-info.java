/**
 * From a known destination to a worker that has taken the connection: a bounded queue per registration, its lanes, and what
 * becomes of a connection that was not taken. Everything here happens on the registrar's thread, without a socket of its own
 * and without a clock.
 */
package dev.nettcp.sharing.service.handover;
