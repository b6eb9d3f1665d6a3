package dev.nettcp.sharing;

/** Why a connection that came is not taken. */
public record Objection(DeclineReason reason, String text) {}
