"""A cable between two network namespaces, with a delay and a limit. It carries Ethernet frames between two virtual devices.

cable.py FIRST SECOND: the namespaces, which get the addresses 10.77.0.1 and 10.77.0.2. Writes "ready", and runs until it is killed.
"""

import fcntl
import heapq
import os
import select
import struct
import subprocess
import sys
import time

DELAY = 0.001  # seconds, in each direction
BITS_PER_SECOND = 200e6
TUNSETIFF, IFF_TAP, IFF_NO_PI = 0x400454CA, 0x0002, 0x1000
LONGEST_FRAME = 65536


def plug(namespace, address):
    """Creates a device, moves it into a namespace, and returns the end of the cable."""
    end = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    name = f"tap{os.getpid()}{namespace[-1]}"[-15:]
    fcntl.ioctl(end, TUNSETIFF, struct.pack("16sH", name.encode(), IFF_TAP | IFF_NO_PI))
    for command in (
        ["ip", "link", "set", name, "netns", namespace],
        ["ip", "-n", namespace, "addr", "add", f"{address}/24", "dev", name],
        ["ip", "-n", namespace, "link", "set", name, "up"],
        ["ip", "-n", namespace, "link", "set", "lo", "up"],
    ):
        subprocess.run(command, check=True)
    return end


def carry(first, second):
    """Carries frames both ways, each after it has been sent at the limit and after the delay."""
    other = {first: second, second: first}
    free = {first: 0.0, second: 0.0}
    under_way = []
    number = 0
    while True:
        wait = None if not under_way else max(0.0, under_way[0][0] - time.monotonic())
        for end in select.select([first, second], [], [], wait)[0]:
            frame = os.read(end, LONGEST_FRAME)
            free[end] = max(free[end], time.monotonic()) + len(frame) * 8 / BITS_PER_SECOND
            number += 1
            heapq.heappush(under_way, (free[end] + DELAY, number, other[end], frame))
        while under_way and under_way[0][0] <= time.monotonic():
            _, _, end, frame = heapq.heappop(under_way)
            try:
                os.write(end, frame)
            except BlockingIOError:
                pass  # a full device loses frames, as a cable's other end may


ends = [plug(namespace, address) for namespace, address in zip(sys.argv[1:], ("10.77.0.1", "10.77.0.2"))]
print("ready", flush=True)
carry(*ends)
