/**
 * Golden bytes, recorded conversations and testers for the tests of all rooms. Imports no other room.
 *
 * <ul>
 *   <li>bytes: {@link dev.nettcp.testkit.Vectors}, {@link dev.nettcp.testkit.Transcripts}, {@link dev.nettcp.testkit.Hex},
 *       {@link dev.nettcp.testkit.Fragments}
 *   <li>the wire: {@link dev.nettcp.testkit.ScriptedPeer}, {@link dev.nettcp.testkit.ScriptedListener},
 *       {@link dev.nettcp.testkit.FreePort}
 *   <li>processes: {@link dev.nettcp.testkit.ChildProcess}, {@link dev.nettcp.testkit.JavaProcess}
 *   <li>what a test must not leave behind: {@link dev.nettcp.testkit.BufferLeaks},
 *       {@link dev.nettcp.testkit.NoLeftovers}
 *   <li>patience: {@link dev.nettcp.testkit.Waiting}
 * </ul>
 */
@NullMarked
package dev.nettcp.testkit;

import org.jspecify.annotations.NullMarked;
