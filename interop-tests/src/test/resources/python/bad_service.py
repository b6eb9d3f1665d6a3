#!/usr/bin/env python3
"""A service that takes one registration and breaks the rule of one descriptor per offer, to see what the worker does.

Says on standard output how the worker answered: REFUSED, LANE ENDED or SESSION ENDED, and TAKEN for an honest offer.
"""

import argparse
import array
import os
import socket
import sys
import threading

from worker import *

TOKEN = bytes(range(16))
VIA = b"net.tcp://localhost:9000/a"
DECLINED = 0x0035
ADDRESS = socket.inet_aton("127.0.0.1") + b"\x23\x28"


def connection():
    """Both ends of a TCP connection over loopback."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        client = socket.create_connection(listener.getsockname())
        return client, listener.accept()[0]


def pass_on(lane, descriptors):
    rights = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", descriptors))] if descriptors else []
    lane.sendmsg([b"\0"], rights)


def offer(lane, sequence, kind):
    client, accepted = connection()
    number_ = number(sequence)
    send(lane, OFFER, (1, number_), (2, VIA), (3, ADDRESS), (4, ADDRESS), (5, b""))
    receive(lane, READY)
    with open(os.devnull, "rb") as file:
        pass_on(
            lane,
            {
                "one": [accepted.fileno()],
                "none": [],
                "two": [accepted.fileno(), accepted.fileno()],
                "three": [accepted.fileno()] * 3,
                "file": [file.fileno()],
            }[kind],
        )
        answer, fields = receive(lane, TAKEN, DECLINED)
    say("TAKEN" if answer == TAKEN else "DECLINED %d" % to_number(fields[2]))
    return client


def serve_session(session):
    receive(session, HELLO)
    send(session, WELCOME, (1, number(1)), (2, number(0)), (3, b"bad service"))
    receive(session, REGISTER)
    send(session, REGISTERED, (1, number(0)), (2, b""), (3, TOKEN), (4, number(1)))
    try:
        receive(session)
    except (Ended, OSError):
        say("SESSION ENDED")


def serve_lane(lane, kinds):
    receive(lane, LANE_HELLO)
    send(lane, LANE_OPENED)
    clients = []
    try:
        for sequence, kind in enumerate(kinds, 1):
            clients.append(offer(lane, sequence, kind))
        receive(lane)
    except (Ended, OSError):
        say("LANE ENDED")


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--socket", required=True)
    options.add_argument("kinds", nargs="+")
    given = options.parse_args()
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listener:
        listener.bind(given.socket)
        listener.listen()
        say("LISTENING")
        session, _ = listener.accept()
        threading.Thread(target=serve_session, args=(session,), daemon=True).start()
        lane, _ = listener.accept()
        threading.Thread(target=serve_lane, args=(lane, given.kinds), daemon=True).start()
        sys.stdin.read()


if __name__ == "__main__":
    main()
