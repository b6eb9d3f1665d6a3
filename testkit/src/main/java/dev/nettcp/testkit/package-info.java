/** Golden bytes, transcripts and testers for the tests of all rooms. */
@NullMarked
package dev.nettcp.testkit;

import org.jspecify.annotations.NullMarked;
