import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { DatasetLibrary } from '../../../../src-main/datasets/library.ts'
import { openCheckpointFile } from '../../../../src-main/checkpoints/files/open.ts'
import { exportNetwork } from '../../../../src-main/checkpoints/writers/exporters.ts'
import { importNetwork } from '../../../../src-main/checkpoints/networks/importNetwork.ts'
import { compareCheckpoints } from '../../../../src-main/checkpoints/comparison.ts'
import { evaluateFile } from '../../../../src-main/runs/fileNetwork.ts'
import { scratchFolder } from '../../runs/tinyRun.ts'
import { pythonWith, runPython } from '../pythons.ts'
import { branchingNetwork, everyNeuronNetworks, sampleNetworks } from './sampleNetworks.ts'

/** What the frameworks themselves make of the exports, where a Python has them (see `pythons.ts`). */

const folder = scratchFolder()
const digits = fileURLToPath(new URL('../../../../resources/samples/digits', import.meta.url))
const library = new DatasetLibrary(null)
const frameworks = pythonWith('snntorch', 'spikingjelly.activation_based')
const nir = pythonWith('nir')
const patience = { timeout: 300_000 }

const confusionOf = async (path: string) => (await evaluateFile(path, 'digits', library)).result.confusion

/** Exports a sample network and gives the file's path. */
async function exported(name: string, format: 'safetensors' | 'py' | 'nir'): Promise<string> {
  const path = join(folder, `${name}.${format}`)
  await exportNetwork(sampleNetworks[name], format, path)
  return path
}

describe.skipIf(!frameworks)('snnTorch and spikingjelly (in SPIKEDESK_PYTHON or python3)', patience, () => {
  it.each(Object.keys(sampleNetworks))(
    'load the weights of a %s network and classify alike',
    async (name) => {
      const script = await exported(name, 'py')
      const printed = runPython(frameworks ?? '', [script, '--data', digits])
      const lines = printed.trim().split('\n')
      // Any other line tells of tensors that the modules lack or do not know.
      expect(lines).toHaveLength(1)
      const found = JSON.parse(lines[0]) as { confusion: number[][] }
      expect(found.confusion).toEqual(await confusionOf(await exported(name, 'safetensors')))
    },
  )
})

/** Runs many scripts in one process, since loading the frameworks takes longer than running them. */
const runner = join(folder, 'runner.py')
writeFileSync(
  runner,
  `
import json, runpy, sys, traceback
data, scripts = sys.argv[1], sys.argv[2:]
for script in scripts:
    sys.argv = [script, "--data", data]
    try:
        runpy.run_path(script, run_name="__main__")
    except Exception as error:
        print(json.dumps({"error": traceback.format_exc(limit=-2)}))
`,
)

describe.skipIf(!frameworks)('every neuron and surrogate of a framework, and branches', patience, () => {
  it('stand in scripts that classify as this program does', async () => {
    const networks = { ...everyNeuronNetworks, branching: branchingNetwork }
    const names = Object.keys(networks)
    const scripts = await Promise.all(
      names.map(async (name) => {
        const path = join(folder, `${name}.py`)
        await exportNetwork(networks[name as keyof typeof networks], 'py', path)
        return path
      }),
    )
    const lines = runPython(frameworks ?? '', [runner, digits, ...scripts])
      .trim()
      .split('\n')
    const wrong: string[] = []
    for (const [i, name] of names.entries()) {
      const path = join(folder, `${name}.safetensors`)
      await exportNetwork(networks[name as keyof typeof networks], 'safetensors', path)
      const { result } = await evaluateFile(path, 'digits', library)
      const found = JSON.parse(lines[i]) as { confusion?: number[][] }
      if (JSON.stringify(found.confusion) !== JSON.stringify(result.confusion))
        wrong.push(`${name}: ${lines[i]}`)
    }
    expect(wrong).toEqual([])
  })
})

describe.skipIf(!nir)('the package nir (in SPIKEDESK_PYTHON or python3)', patience, () => {
  const script = join(folder, 'through.py')
  writeFileSync(
    script,
    'import nir, sys\n# A checkout that is not installed does not know its version.\nnir.version = getattr(nir, "version", "1.0.7")\ngraph = nir.read(sys.argv[1])\nprint(sorted(graph.nodes))\nnir.write(sys.argv[2], graph)\n',
  )

  it.each(Object.keys(sampleNetworks))(
    'reads a %s network and writes it back, every tensor as it was',
    async (name) => {
      const path = await exported(name, 'nir')
      const back = join(folder, `${name}-back.nir`)
      const printed = runPython(nir ?? '', [script, path, back])
      const layers = sampleNetworks[name].experiment.model.layers
      for (const { id } of layers) expect(printed).toContain(`'${id}'`)
      const [ours, theirs] = [openCheckpointFile(path), openCheckpointFile(back)]
      const { changes, onlyFirst, onlySecond, differentShapes } = compareCheckpoints(ours, theirs)
      expect(changes.length).toBeGreaterThan(layers.length - 2)
      expect(changes.filter(({ equal }) => !equal)).toEqual([])
      expect([...onlyFirst, ...onlySecond, ...differentShapes]).toEqual([])
      expect(importNetwork(theirs).experiment.model).toEqual(importNetwork(ours).experiment.model)
      ours.close()
      theirs.close()
      expect(await confusionOf(back)).toEqual(await confusionOf(path))
    },
  )
})
