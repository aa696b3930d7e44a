import { pythonText } from './literals.ts'

/** What fills the script. */
export interface ScriptParts {
  name: string
  /** File of the weights, beside the script. */
  weights: string
  layers: string[]
  frameworks: Set<'snntorch' | 'spikingjelly'>
  inputShape: readonly number[]
  timeSteps: number
  classes: number
  /** Expression of the encoded input, `[T, B, ...]`, of the images `x` in 0..1. */
  encoding: string
  loss: string
  optimizer: string
  batchSize: number
  epochs: number
  seed: number
  /** Sentences about what the script does otherwise than the workbench. */
  remarks: string[]
}

function imports({ frameworks }: ScriptParts): string {
  return [
    ...(frameworks.has('snntorch')
      ? ['import snntorch as snn', 'from snntorch import surrogate as snn_surrogate']
      : []),
    ...(frameworks.has('spikingjelly')
      ? [
          'from spikingjelly.activation_based import functional, neuron',
          'from spikingjelly.activation_based import surrogate as sj_surrogate',
        ]
      : []),
  ].join('\n')
}

const having = `def having(module, **attributes):
    for name, value in attributes.items():
        setattr(module, name, value)
    return module


`

/** The whole script. It needs torch and the framework of its neurons, and reads IDX files itself. */
export function pythonScript(parts: ScriptParts): string {
  const { name, weights, layers, inputShape, timeSteps, classes, batchSize, epochs, seed, remarks } = parts
  const shape = `(${inputShape.join(', ')}${inputShape.length === 1 ? ',' : ''})`
  const about =
    remarks.length > 0
      ? `\n\nOtherwise than in Spikedesk:\n${remarks.map((line) => `- ${line}`).join('\n')}`
      : ''
  return `"""${name.replace(/["\\]/g, "'")}: a spiking network, written by Spikedesk.

  python this.py --data FOLDER              evaluates on the test images (IDX files, plain or gzip)
  python this.py --data FOLDER --train      trains from the weights on
  torchrun --nproc_per_node 4 this.py --data FOLDER --train    the same on several devices${about}
"""

import argparse
import gzip
import json
import os
import pathlib
import struct

import torch
import torch.distributed as dist
import torch.nn.functional as F
from torch import nn
from torch.nn.parallel import DistributedDataParallel
from torch.utils.data import DataLoader, DistributedSampler, TensorDataset
${imports(parts)}

INPUT_SHAPE = ${shape}
T = ${timeSteps}
CLASSES = ${classes}
WEIGHTS = pathlib.Path(__file__).with_name(${pythonText(weights)})

${layers.some((line) => line.includes('having(')) ? having : ''}# (name, what it reads where it is not the layer before, how it is run over time, module)
LAYERS = [
${layers.join('\n')}
]


class Network(nn.Module):
    """Runs layer by layer over all steps; parameters are named as in the weights."""

    def __init__(self):
        super().__init__()
        self.order = []
        for name, reads, run, make in LAYERS:
            *path, last = name.split(".")
            parent = self
            for part in path:
                if part not in dict(parent.named_children()):
                    parent.add_module(part, nn.Module())
                parent = getattr(parent, part)
            module = make()
            parent.add_module(last, module)
            self.order.append((name, reads, run, module))

    @staticmethod
    def neurons(module, run, x):
        """A neuron of snnTorch, step by step; membranes are those before their own reset."""
        count, recurrent = run
        state = [torch.zeros_like(x[0]) for _ in range(count + recurrent)]
        spikes, membranes = [], []
        for step in x:
            out = module(step, *state)
            spike, state = out[0], list(out if recurrent else out[1:])
            spikes.append(spike)
            membranes.append(out[-1])
        return torch.stack(spikes), torch.stack(membranes)

    def forward(self, x):
        """x: [T, B, ...]; gives spikes and membranes of the last layer, [T, B, classes]."""
        membrane = None
        values = {"input": x}
        for name, reads, run, module in self.order:
            given = [values[source] for source in reads] or [x]
            x = given[0]
            if run == "add":
                x = sum(given)
            elif run == "concat":
                x = torch.cat(given, 2)
            elif run == "together":
                x = module(x.flatten(0, 1)).unflatten(0, x.shape[:2])
            elif run == "each":
                x = torch.stack([module(step) for step in x])
            elif run == "masked":
                x = x * module(torch.ones_like(x[0]))
            elif run == "sequence":
                functional.reset_net(module)
                module.store_v_seq = True
                x = module(x)
                membrane = module.v_seq
            elif run == "parallel":
                membrane = module.rnn(x)[0]
                x = module(x)
            else:
                x, membrane = self.neurons(module, run, x)
            values[name] = x
        return x, membrane


def encode(x):
    """Images [B, ...] in 0..1 to the input of T steps."""
    return ${parts.encoding}


def loss_of(spikes, membrane, target):
    return ${parts.loss}


def read_idx(folder, stem):
    for path in (folder / stem, folder / f"{stem}.gz"):
        if path.exists():
            raw = gzip.open(path).read() if path.suffix == ".gz" else path.read_bytes()
            rank = raw[3]
            shape = struct.unpack(f">{rank}I", raw[4 : 4 + 4 * rank])
            values = torch.frombuffer(bytearray(raw[4 + 4 * rank :]), dtype=torch.uint8)
            return values.reshape(shape)
    raise SystemExit(f"{folder} holds no {stem}")


def images(folder, part, limit):
    pixels = read_idx(folder, f"{part}-images-idx3-ubyte")
    labels = read_idx(folder, f"{part}-labels-idx1-ubyte").long()
    pixels = pixels.reshape(len(pixels), *INPUT_SHAPE)
    return TensorDataset(pixels[:limit], labels[:limit])


@torch.no_grad()
def evaluate(net, dataset, device, batch):
    net.eval()
    confusion = torch.zeros(CLASSES, CLASSES, dtype=torch.long)
    for pixels, labels in DataLoader(dataset, batch_size=batch):
        spikes, _ = net(encode(pixels.to(device).float() / 255))
        predicted = spikes.sum(0).argmax(1).cpu()
        for truth, guess in zip(labels.tolist(), predicted.tolist()):
            confusion[truth, guess] += 1
    return confusion


def train(net, dataset, device, epochs, batch, distributed):
    model = DistributedDataParallel(net) if distributed else net
    optimizer = ${parts.optimizer}
    sampler = DistributedSampler(dataset) if distributed else None
    loader = DataLoader(dataset, batch_size=batch, shuffle=sampler is None, sampler=sampler)
    for epoch in range(epochs):
        model.train()
        if sampler is not None:
            sampler.set_epoch(epoch)
        total = 0.0
        for pixels, labels in loader:
            spikes, membrane = model(encode(pixels.to(device).float() / 255))
            loss = loss_of(spikes, membrane, labels.to(device))
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item()
        print(f"epoch {epoch + 1}: loss {total / len(loader):.4f}", flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--weights", type=pathlib.Path, default=WEIGHTS)
    parser.add_argument("--train", action="store_true")
    parser.add_argument("--epochs", type=int, default=${epochs})
    parser.add_argument("--batch", type=int, default=${batchSize})
    parser.add_argument("--limit", type=int, default=None)
    parser.add_argument("--out", type=pathlib.Path, default=None)
    args = parser.parse_args()
    torch.manual_seed(${seed})
    distributed = "RANK" in os.environ
    rank = int(os.environ.get("LOCAL_RANK", "0"))
    cuda = torch.cuda.is_available()
    device = torch.device(f"cuda:{rank}" if cuda else "cpu")
    if distributed:
        dist.init_process_group("nccl" if cuda else "gloo")
    net = Network()
    saved = torch.load(args.weights, map_location="cpu", weights_only=True)["state_dict"]
    missing, unexpected = net.load_state_dict(saved, strict=False)
    parameters = dict(net.named_parameters())
    lost = [name for name in missing if name in parameters]
    if lost:
        raise SystemExit(f"the weights lack {lost}")
    if missing or unexpected:
        print(f"another version of the framework: without {missing}, besides {unexpected}")
    net.to(device)
    if args.train:
        train(net, images(args.data, "train", args.limit), device, args.epochs, args.batch, distributed)
        if args.out and (not distributed or dist.get_rank() == 0):
            torch.save({"state_dict": net.state_dict()}, args.out)
    if not distributed or dist.get_rank() == 0:
        confusion = evaluate(net, images(args.data, "t10k", args.limit), device, args.batch)
        correct, total = int(confusion.trace()), int(confusion.sum())
        print(json.dumps({"correct": correct, "total": total, "confusion": confusion.tolist()}))
    if distributed:
        dist.destroy_process_group()


if __name__ == "__main__":
    main()
`
}
