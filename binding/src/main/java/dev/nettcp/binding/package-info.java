/** NetTcpBinding, NetTcpClient, NetTcpServer: the face of the library. */
package dev.nettcp.binding;
