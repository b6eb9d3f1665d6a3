/**
 * Who has which base address: access rules by kernel credentials, control sessions and their one registration each, and the
 * lanes tied to it. One thread, the registrar's, owns all of it; the routing table it publishes is for everybody.
 */
package dev.nettcp.sharing.service.registration;
