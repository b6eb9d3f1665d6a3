/**
 * An operator's questions: what the service answers over its control socket, and the client that asks. Commands and the
 * values of their rows are the contract between the two; {@code docs/registration-protocol.md} has the envelope.
 */
package dev.nettcp.sharing.service.admin;
