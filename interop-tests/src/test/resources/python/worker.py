#!/usr/bin/env python3
"""A worker for the port sharing service, on Python's standard library (3.9 or newer).

Written from docs/registration-protocol.md alone. Registers one base address, takes connections over its lanes, acknowledges
their preambles, answers the End of a session with an End, and says on standard output what happens. Ends at the end of its
standard input, having given the address back.
"""

import argparse
import os
import socket
import struct
import sys
import threading

HELLO, WELCOME, REFUSED = 0x0001, 0x0002, 0x0003
REGISTER, REGISTERED = 0x0010, 0x0011
UNREGISTER, UNREGISTERED = 0x0014, 0x0015
LANE_HELLO, LANE_OPENED = 0x0030, 0x0031
OFFER, READY, TAKEN = 0x0032, 0x0033, 0x0034
OPTIONAL = 0x8000
MAX_SIZE = 16384
HANDOVER = 1


class Ended(Exception):
    """The other side closed the socket, or said that it ends."""


# ---- messages (section 2) -----------------------------------------------------------------------------------------------


def number(value):
    return struct.pack(">I", value)


def send(sock, kind, *fields):
    body = struct.pack(">H", kind)
    for tag, value in fields:
        body += struct.pack(">HH", tag, len(value)) + value
    sock.sendall(struct.pack(">I", len(body)) + body)


def read_exactly(sock, count):
    data = b""
    while len(data) < count:
        more = sock.recv(count - len(data))
        if not more:
            raise Ended("the other side closed the socket")
        data += more
    return data


def receive(sock, *allowed):
    """The next message that is not to be skipped, as (kind, {tag: value})."""
    while True:
        (size,) = struct.unpack(">I", read_exactly(sock, 4))
        if not 2 <= size <= MAX_SIZE:
            raise Ended("a message of %d bytes" % size)
        body = read_exactly(sock, size)
        (kind,) = struct.unpack_from(">H", body)
        fields, at = {}, 2
        while at < size:
            tag, length = struct.unpack_from(">HH", body, at)
            fields.setdefault(tag, body[at + 4 : at + 4 + length])
            at += 4 + length
        if kind == REFUSED:
            raise Ended("refused: %s" % fields[2].decode())
        if kind in allowed:
            return kind, fields
        if kind < OPTIONAL:
            raise Ended("message 0x%04X is not allowed here" % kind)


def to_number(value):
    return struct.unpack(">I", value)[0]


# ---- the control session (section 3) ------------------------------------------------------------------------------------


def connect(path):
    sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    sock.connect(path)
    _, user, _ = struct.unpack("3i", sock.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12))
    if user not in (0, os.getuid()):
        raise Ended("user %d listens at %s" % (user, path))
    return sock


def register(path, address, mode):
    session = connect(path)
    send(session, HELLO, (1, number(1)), (2, number(0)), (3, b"python worker"))
    receive(session, WELCOME)
    send(session, REGISTER, (1, address.encode()), (2, number(mode)))
    _, answer = receive(session, REGISTERED)
    if to_number(answer[1]) != 0:
        raise Ended("status %d: %s" % (to_number(answer[1]), answer[2].decode()))
    return session, answer[3], to_number(answer[4])


# ---- lanes (section 4) --------------------------------------------------------------------------------------------------


def serve_lane(path, token):
    lane = connect(path)
    send(lane, LANE_HELLO, (1, token), (2, number(HANDOVER)))
    receive(lane, LANE_OPENED)
    say("LANE")
    while True:
        _, offer = receive(lane, OFFER)
        send(lane, READY, (1, offer[1]))
        _, descriptors, flags, _ = socket.recv_fds(lane, 1, 4)
        connection = take(lane, offer, descriptors, flags)
        threading.Thread(target=serve, args=(connection, offer), daemon=True).start()


def take(lane, offer, descriptors, flags):
    """The connection that came, once it is ours: Taken is one send, and nothing happens to the socket before it."""
    if len(descriptors) != 1 or flags & socket.MSG_CTRUNC:
        for descriptor in descriptors:
            os.close(descriptor)
        raise Ended("%d descriptors came, flags %d" % (len(descriptors), flags))
    os.set_inheritable(descriptors[0], False)
    taken = struct.pack(">IHHH", 10, TAKEN, 1, 4) + offer[1]
    try:
        lane.send(taken)
    except OSError:
        os.close(descriptors[0])  # it is the service's: closed, and no more than closed
        raise
    return socket.socket(fileno=descriptors[0])


# ---- a session of net.tcp, as far as a test needs it ([MC-NMF]) ---------------------------------------------------------


class Replay:
    """Reads the bytes the service read already, then the socket."""

    def __init__(self, connection, before):
        self.connection, self.before = connection, before

    def byte(self):
        if not self.before:
            self.before = self.connection.recv(4096)
            if not self.before:
                raise Ended("the client closed the connection")
        first, self.before = self.before[0], self.before[1:]
        return first

    def text(self):
        length, shift = 0, 0
        while True:
            more = self.byte()
            length |= (more & 0x7F) << shift
            shift += 7
            if more < 0x80:
                return bytes(self.byte() for _ in range(length)).decode()


def serve(connection, offer):
    connection.setblocking(True)
    stream = Replay(connection, offer[5])
    via = ""
    try:
        while True:
            record = stream.byte()
            if record == 0x00:  # version
                stream.byte(), stream.byte()
            elif record in (0x01, 0x03):  # mode, known encoding
                stream.byte()
            elif record == 0x02:  # via
                via = stream.text()
            elif record == 0x0C:  # preamble end: acknowledge
                connection.sendall(b"\x0b")
                say("ACK %s from %s" % (via, connection.getpeername()[1]))
            elif record == 0x07:  # end: answer, and it is over
                connection.sendall(b"\x07")
                break
            else:
                raise Ended("record 0x%02X" % record)
    except (Ended, OSError) as problem:
        say("CONNECTION %s" % problem)
    finally:
        try:
            connection.shutdown(socket.SHUT_RDWR)  # the service may still hold its copy: a close alone sends nothing
        except OSError:
            pass
        connection.close()


# ---- the process --------------------------------------------------------------------------------------------------------


def say(line):
    """One write for the whole line: print() makes two, and another thread's line may come between them."""
    os.write(1, (line + "\n").encode())


def keep_lane(path, token, stopping):
    while not stopping.is_set():
        try:
            serve_lane(path, token)
        except (Ended, OSError) as problem:
            say("LANE ENDED %s" % problem)
        stopping.wait(0.1)


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--socket", required=True)
    options.add_argument("--address", required=True)
    options.add_argument("--mode", type=int, default=0)
    options.add_argument("--lanes", type=int, default=2)
    given = options.parse_args()
    try:
        session, token, lanes = register(given.socket, given.address, given.mode)
    except (Ended, OSError) as problem:
        say("FAILED %s" % problem)
        return 1
    say("REGISTERED %s" % given.address)
    stopping = threading.Event()
    for _ in range(min(lanes, given.lanes)):
        threading.Thread(target=keep_lane, args=(given.socket, token, stopping), daemon=True).start()
    sys.stdin.read()
    stopping.set()
    send(session, UNREGISTER)
    receive(session, UNREGISTERED)
    session.close()
    say("UNREGISTERED")
    return 0


if __name__ == "__main__":
    sys.exit(main())
