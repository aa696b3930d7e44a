"""Decodes recordings of 5-byte events as a data loader in Python does, file by file with numpy.

python decode.py <folder or .zip> <repeats> prints the events per second of processor time of the fastest repeat.

The steps and types are those of tonic's reader of N-MNIST: bytes widened to 32 bits, markers of overflow looked for,
the other events gathered by their indices into a structured array of four 64-bit fields.
"""

import os
import sys
import time
import zipfile

import numpy as np

FIELDS = np.dtype([("x", int), ("y", int), ("t", int), ("p", int)])
MARKER_ROW = 240


def decode(raw):
    rows = raw[1::5]
    polarities = (raw[2::5] & 128) >> 7
    times = ((raw[2::5] & 127) << 16) | (raw[3::5] << 8) | raw[4::5]
    for marker in np.where(rows == MARKER_ROW)[0]:
        times[marker:] += 1 << 13
    kept = np.where(rows != MARKER_ROW)[0]
    columns = {"x": raw[0::5][kept], "y": rows[kept], "t": times[kept], "p": polarities[kept]}
    events = np.empty(len(kept), dtype=FIELDS)
    for name, column in columns.items():
        events[name] = column
    return events


def read_folder(folder):
    """Every file of a folder, one after another."""
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name), "rb") as file:
            yield np.fromfile(file, dtype=np.uint8).astype(np.uint32)


def read_archive(path):
    """Every file of a zip archive, one after another, without unpacking it to disk."""
    with zipfile.ZipFile(path) as archive:
        for name in sorted(archive.namelist()):
            yield np.frombuffer(archive.read(name), dtype=np.uint8).astype(np.uint32)


def main(path, repeats):
    read = read_archive if path.endswith(".zip") else read_folder
    best = 0.0
    for _ in range(repeats):
        start = time.process_time()
        count = sum(len(decode(raw)) for raw in read(path))
        best = max(best, count / (time.process_time() - start))
    print(best)


main(sys.argv[1], int(sys.argv[2]))
