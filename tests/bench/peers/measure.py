"""Times one peer on one workload: `measure.py WORKLOAD PEER THREADS SECONDS`; prints one JSON line.

Reads the training images of FASHION_MNIST_DIR (gzip IDX), or draws frames of events; SNNTORCH_PATH and SPIKINGJELLY_PATH are put in front of the module
path where they are given. Loading and shuffling are left out, which favours the peer.
"""
import gzip
import json
import os
import resource
import statistics
import sys
import time
import warnings

for variable in ("SNNTORCH_PATH", "SPIKINGJELLY_PATH"):
    if os.environ.get(variable):
        sys.path.insert(0, os.environ[variable])
warnings.filterwarnings("ignore")

import torch  # noqa: E402
from workloads import PEERS  # noqa: E402

BATCH, BATCHES, REPEATS = 128, 40, 7


def read(name, skip):
    with gzip.open(os.path.join(os.environ["FASHION_MNIST_DIR"], name)) as file:
        file.seek(skip)
        return torch.frombuffer(bytearray(file.read()), dtype=torch.uint8)


def rate(step, batches, seconds):
    """Images per second over REPEATS spans of `seconds`, after a warm-up of as long."""
    at = 0

    def span(length):
        nonlocal at
        start, done = time.perf_counter(), 0
        while done < 2 or time.perf_counter() - start < length:
            step(*batches[at % len(batches)])
            at, done = at + 1, done + 1
        return done * BATCH / (time.perf_counter() - start)

    span(max(1.0, seconds))
    values = sorted(span(seconds) for _ in range(REPEATS))
    return {"min": values[0], "median": statistics.median(values), "max": values[-1]}


def batches_of(workload):
    """What the workload takes: frames [T, B, 2, 34, 34] in which 2 % are events, or images flat or as maps."""
    if workload == "events-cnn":
        labels = torch.arange(BATCH) % 10
        return [((torch.rand(25, BATCH, 2, 34, 34) < 0.02).float(), labels) for _ in range(2)]
    images = read("train-images-idx3-ubyte.gz", 16)[: BATCHES * BATCH * 784].float() / 255
    labels = read("train-labels-idx1-ubyte.gz", 8)[: BATCHES * BATCH].long()
    shape = (-1, 1, 28, 28) if workload == "csnn-if" else (-1, 784)
    return list(zip(images.reshape(shape).split(BATCH), labels.split(BATCH)))


def main():
    workload, peer, threads, seconds = sys.argv[1], sys.argv[2], int(sys.argv[3]), float(sys.argv[4])
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    batches = batches_of(workload)
    train, infer = PEERS[workload][peer](workload)
    result = {
        "workload": workload,
        "peer": peer,
        "threads": threads,
        "train": rate(train, batches, seconds),
        "infer": rate(lambda batch, _: infer(batch), batches, seconds),
        "peakRssMiB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "torch": torch.__version__,
    }
    print(json.dumps(result), flush=True)


main()
