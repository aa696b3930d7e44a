"""Decodes recordings of 5-byte events as a data loader in Python does, file by file with numpy.

python decode.py <folder> <repeats> prints the events a second of the fastest repeat.
"""

import os
import sys
import time

import numpy as np

FIELDS = np.dtype([("x", int), ("y", int), ("t", int), ("p", int)])
MARKER_ROW = 240


def read(path):
    with open(path, "rb") as file:
        raw = np.frombuffer(file.read(), dtype=np.uint8).astype(np.uint32)
    y = raw[1::5]
    p = (raw[2::5] & 128) >> 7
    t = ((raw[2::5] & 127) << 16) | (raw[3::5] << 8) | raw[4::5]
    for index in np.where(y == MARKER_ROW)[0]:
        t[index:] += 1 << 13
    keep = y != MARKER_ROW
    events = np.empty(int(keep.sum()), dtype=FIELDS)
    events["x"], events["y"] = raw[0::5][keep], y[keep]
    events["t"], events["p"] = t[keep], p[keep]
    return events


def main(folder, repeats):
    paths = sorted(os.path.join(folder, name) for name in os.listdir(folder))
    best = 0.0
    for _ in range(repeats):
        start = time.process_time()
        count = sum(len(read(path)) for path in paths)
        best = max(best, count / (time.process_time() - start))
    print(best)


main(sys.argv[1], int(sys.argv[2]))
