# SPDX-License-Identifier: GPL-3.0-or-later
"""The same as reservedport.h, for tests in Python."""
import os
import socket

_held = []


def reserved_port():
    """A TCP port on 127.0.0.1 where nobody listens, reserved for this process until it ends: neither the system (for
    port 0 and outgoing connections) nor another test takes it."""
    with open("/proc/sys/net/ipv4/ip_local_port_range") as file:
        first_of_system = int(file.read().split()[0])
    first = 10_000
    count = min(max(first_of_system, first + 1000), 65_536) - first
    for i in range(count):
        port = first + (os.getpid() * 31 + i) % count
        held = socket.socket(socket.AF_UNIX)
        try:
            held.bind(f"\0flowgate-test-port-{port}")
            with socket.socket() as probe:
                probe.bind(("", port))
        except OSError:
            held.close()
            continue
        _held.append(held)
        return port
    raise RuntimeError("there is no free port")
