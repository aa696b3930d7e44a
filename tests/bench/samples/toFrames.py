"""Frames of 25 time bins, recording by recording, as event libraries in Python make them with numpy.

Reads a file of recordings (u32 count, then t u32, x u16, y u16, p u8 of each event, array after array) and prints the
recordings per second of processor time and the sum of the frames.
"""

import sys
import time

import numpy as np

BINS, SHAPE = 25, (2, 34, 34)


def recordings(path):
    data = open(path, "rb").read()
    at, found = 0, []
    while at < len(data):
        n = int(np.frombuffer(data, "<u4", 1, at)[0])
        at += 4
        events = np.zeros(n, dtype=[("x", "i2"), ("y", "i2"), ("t", "i8"), ("p", "i1")])
        for name, kind, size in (("t", "<u4", 4), ("x", "<u2", 2), ("y", "<u2", 2), ("p", "u1", 1)):
            events[name] = np.frombuffer(data, kind, n, at)
            at += size * n
        found.append(events)
    return found


def frames(events):
    t = events["t"]
    window = (t[-1] - t[0]) // BINS
    starts = np.arange(BINS) * window + t[0]
    first, last = np.searchsorted(t, starts), np.searchsorted(t, starts + window)
    out = np.zeros((BINS, *SHAPE), dtype=np.int16)
    for i in range(BINS):
        part = events[first[i] : last[i]]
        np.add.at(out, (i, part["p"].astype(int), part["y"], part["x"]), 1)
    return out


found = recordings(sys.argv[1])
total = sum(int(frames(events).sum()) for events in found)
begin, done = time.process_time(), 0
while time.process_time() - begin < 1.5:
    for events in found:
        frames(events)
    done += len(found)
print(done / (time.process_time() - begin), total)
