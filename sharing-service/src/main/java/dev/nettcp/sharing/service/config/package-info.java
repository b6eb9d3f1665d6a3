/**
 * The configuration of the port sharing service: one YAML file whose keys are the settings of the original service under
 * their names, and ours beside them. {@link dev.nettcp.sharing.service.config.Settings} lists every key once; reader and
 * documentation come from that list.
 */
package dev.nettcp.sharing.service.config;
