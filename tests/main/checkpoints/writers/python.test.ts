import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { DatasetLibrary } from '../../../../src-main/datasets/library.ts'
import { openCheckpointFile } from '../../../../src-main/checkpoints/files/open.ts'
import { numbersOf } from '../../../../src-main/containers/dtypes.ts'
import { nodeAt, type TensorNode } from '../../../../src-main/checkpoints/files/openedFile.ts'
import { importNetwork } from '../../../../src-main/checkpoints/networks/importNetwork.ts'
import { exportNetwork } from '../../../../src-main/checkpoints/writers/exporters.ts'
import { writeTorch } from '../../../../src-main/checkpoints/writers/torchWriter.ts'
import { evaluateFile } from '../../../../src-main/runs/fileNetwork.ts'
import { scratchFolder, writeTinyDataset } from '../../runs/tinyRun.ts'
import { pythonThatRuns, pythonWith, runPython } from '../pythons.ts'
import { leakyState, ramp, stateDict } from '../trees.ts'

/** What torch itself makes of our files, and we of its; see `pythons.ts` for where it is looked for. */

const folder = scratchFolder()

const torch = pythonWith('torch')
const hdf5 = pythonWith('h5py')
const framework = pythonWith('torch', 'snntorch')
// The launcher of torch 1.13 does not start under Python 3.11, whatever it is given.
const launcher = pythonThatRuns(
  'from torch.distributed.elastic.multiprocessing.api import Std, to_map\nto_map(Std.from_str("0"), 2)',
)

const weights = stateDict({ 'fc1.weight': ramp(4, 36), 'fc1.bias': ramp(4), ...leakyState('lif1') }, [
  '',
  'fc1',
  'lif1',
])

// Python takes seconds to load torch.
const patience = { timeout: 180_000 }

describe.skipIf(!torch)('torch (in SPIKEDESK_PYTHON or python3)', patience, () => {
  it('opens what is written, and a module takes its state dict', async () => {
    const from = join(folder, 'from.pth')
    const path = join(folder, 'ours.pth')
    writeTorch(from, weights)
    const file = openCheckpointFile(from)
    await exportNetwork(importNetwork(file), 'pth', path)
    file.close()
    const out = runPython(torch ?? '', [
      '-c',
      `
import torch, sys
saved = torch.load(sys.argv[1], weights_only=True)
state = saved["state_dict"]
linear = torch.nn.Linear(36, 4)
linear.load_state_dict({k[4:]: v for k, v in state.items() if k.startswith("fc1.")})
print(sorted(saved), list(state), state["lif1.reset_mechanism_val"].dtype, float(linear.weight[3, 35]), state._metadata[""])
`,
      path,
    ])
    expect(out).toContain("['hyperparameters', 'spikedesk_experiment', 'state_dict']")
    expect(out).toContain(
      "['fc1.weight', 'fc1.bias', 'lif1.threshold', 'lif1.graded_spikes_factor', 'lif1.reset_mechanism_val', 'lif1.beta'] torch.int64 1.44",
    )
  })

  it.each([true, false])('writes what is opened here, every type and stride (zip container: %s)', (zip) => {
    const path = join(folder, `theirs-${zip}.pth`)
    runPython(torch ?? '', [
      '-c',
      `
import torch, collections
base = torch.arange(24, dtype=torch.float32).reshape(4, 6)
class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = torch.nn.Linear(3, 2)
        self.bn = torch.nn.BatchNorm1d(2)
net = Net()
optimizer = torch.optim.Adam(net.parameters())
net.bn(net.fc(torch.ones(4, 3))).sum().backward()
optimizer.step()
types = ["float64", "float16", "bfloat16", "int64", "int32", "int16", "int8", "uint8", "bool", "complex64"]
torch.save({
    "state_dict": net.state_dict(), "optimizer": optimizer.state_dict(), "epoch": 3, "best": 0.5, "name": "net",
    "views": {"transposed": base.t(), "part": base[1:3, ::2], "row": base[2], "empty": base[:0], "one": base.sum()},
    "types": {name: torch.tensor([0, 1, 2]).to(getattr(torch, name)) for name in types},
    "tied": [base, base], "size": base.size(), "dtype": base.dtype, "device": torch.device("cpu"),
    "history": collections.defaultdict(list, {"loss": [1.5, 0.5]}), "parameter": torch.nn.Parameter(base[:1]),
    "big": 2**70, "nothing": None, "tuple": (1, (2.5, "x")), "set": {1},
}, "${path}", _use_new_zipfile_serialization=${zip ? 'True' : 'False'})
`,
    ])
    const file = openCheckpointFile(path)
    expect(file.format).toBe(zip ? 'torch' : 'torch-legacy')
    const floats = (...at: string[]) => {
      const node = nodeAt(file.root, at) as TensorNode
      return [...new Float32Array(node.read().buffer)]
    }
    expect(floats('views', 'transposed')).toEqual(
      Array.from({ length: 24 }, (_, i) => (i % 4) * 6 + Math.floor(i / 4)),
    )
    expect(floats('views', 'part')).toEqual([6, 8, 10, 12, 14, 16])
    expect(floats('views', 'row')).toEqual([12, 13, 14, 15, 16, 17])
    expect(floats('views', 'empty')).toEqual([])
    expect(floats('views', 'one')).toEqual([276])
    expect(floats('parameter')).toEqual([0, 1, 2, 3, 4, 5])
    const half = nodeAt(file.root, ['types', 'bfloat16']) as TensorNode
    expect([...half.read()]).toEqual([0, 0, 0x80, 0x3f, 0, 0x40])
    expect(nodeAt(file.root, ['types', 'complex64'])).toMatchObject({ kind: 'tensor', shape: [3] })
    expect(nodeAt(file.root, ['big'])).toMatchObject({ value: 2n ** 70n })
    expect(nodeAt(file.root, ['dtype'])).toMatchObject({ className: 'torch.float32' })
    expect(nodeAt(file.root, ['history', 'loss', '1'])).toMatchObject({ value: 0.5 })
    expect(nodeAt(file.root, ['optimizer', 'state', '0', 'exp_avg'])).toMatchObject({
      kind: 'tensor',
      shape: [2, 3],
    })
    expect(nodeAt(file.root, ['state_dict', 'bn.num_batches_tracked'])).toMatchObject({ shape: [] })
    file.close()
  })
})

const ours = fileURLToPath(new URL('../frameworks', import.meta.url))

describe.skipIf(!torch)(
  'the Python script (with snnTorch, or with its equations in tests where it is missing)',
  patience,
  () => {
    const dataset = join(folder, 'rows')
    const script = join(folder, 'net-script.py')
    const from = join(folder, 'net.pth')
    const answers = { timeSteps: 8 }
    const env = framework ? process.env : { ...process.env, PYTHONPATH: ours }
    beforeAll(async () => {
      writeTinyDataset(dataset)
      writeTorch(from, weights)
      const file = openCheckpointFile(from)
      await exportNetwork(importNetwork(file, { answers }), 'py', script)
      file.close()
    })

    it('classifies as this program does', async () => {
      expect(existsSync(join(folder, 'net-script.pth'))).toBe(true)
      const { result } = await evaluateFile(from, dataset, new DatasetLibrary(null), { answers })
      const printed = runPython(framework ?? torch ?? '', [script, '--data', dataset], env)
      const found = JSON.parse(printed.trim().split('\n').at(-1) ?? '') as { confusion: number[][] }
      expect(found.confusion).toEqual(result.confusion)
    })

    it.skipIf(!launcher)('trains under torchrun, where the launcher of this torch starts', () => {
      const launch = ['-m', 'torch.distributed.run', '--nproc_per_node', '2', '--master_port', '29533']
      const training = ['--data', dataset, '--train', '--epochs', '1', '--batch', '32']
      const trained = runPython(launcher ?? '', [...launch, script, ...training], env)
      expect(trained).toMatch(/epoch 1: loss \d/)
    })
  },
)

describe.skipIf(!torch)('every element type of torch (in SPIKEDESK_PYTHON or python3)', patience, () => {
  it('is read with the numbers that torch reads', () => {
    const path = join(folder, 'types.pth')
    const printed = runPython(torch ?? '', [
      '-c',
      `
import io, json, sys, torch
tensors, numbers = {}, {}
for name in sorted({str(value)[6:] for value in vars(torch).values() if isinstance(value, torch.dtype)}):
    try:
        made = torch.tensor([0.0, 1.0, -1.5, 448.0, 2.0**-8, 3.0]).to(getattr(torch, name))
        read = None if made.is_complex() else made.double().tolist()
        torch.save(made, io.BytesIO())
        tensors[name] = made
        numbers[name] = read and [value if value == value else None for value in read]
    except Exception:
        pass
torch.save(tensors, sys.argv[1])
print(json.dumps(numbers))
`,
      path,
    ])
    const numbers = JSON.parse(printed) as Record<string, (number | null)[] | null>
    expect(Object.keys(numbers).length).toBeGreaterThan(10)
    const file = openCheckpointFile(path)
    for (const [name, expected] of Object.entries(numbers)) {
      const node = nodeAt(file.root, [name]) as TensorNode
      expect(node).toMatchObject({ kind: 'tensor', shape: [6] })
      const found = numbersOf(node.dtype, node.read())
      expect([name, found && Array.from(found, (value) => (Number.isNaN(value) ? null : value))]).toEqual([
        name,
        expected,
      ])
    }
    file.close()
  })
})

describe.skipIf(!hdf5)('h5py (in SPIKEDESK_PYTHON or python3)', patience, () => {
  it('opens the NIR that is written', async () => {
    const from = join(folder, 'h5.pth')
    const path = join(folder, 'ours.nir')
    writeTorch(from, weights)
    const file = openCheckpointFile(from)
    await exportNetwork(importNetwork(file), 'nir', path)
    file.close()
    const script = join(folder, 'read.py')
    writeFileSync(
      script,
      `
import h5py, sys
with h5py.File(sys.argv[1]) as f:
    nodes = f["node/nodes"]
    print(f["version"][()].decode(), f["node/type"][()].decode(), sorted(nodes), f["node/edges"][()].tolist(), nodes["lif1/tau"].shape)
`,
    )
    const out = runPython(hdf5 ?? '', [script, path])
    expect(out).toContain("1.0.7 NIRGraph ['fc1', 'input', 'lif1', 'output']")
    expect(out).toContain('(4,)')
  })
})
