/**
 * Bindings, services and client endpoints out of the configuration file of a .NET program ({@code app.config}, {@code web.config}).
 *
 * <p>{@link dev.nettcp.binding.config.AppConfig} is the entrance. What a file says is done, or listed as ignored with the reason, or refused
 * with file, line and element; nothing of it becomes weaker than it says.
 *
 * <pre>
 *   XmlFile      bytes → elements with their lines         safe: no DTD, no entities
 *   Section      one element: what is asked for is known, what is left is refused
 *   *Section     one element of WCF each → settings of this library
 *   AppConfig    names → elements
 * </pre>
 */
package dev.nettcp.binding.config;
