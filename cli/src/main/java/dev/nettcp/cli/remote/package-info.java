/** Commands that speak net.tcp to a service themselves. */
package dev.nettcp.cli.remote;
