import { createPinia, setActivePinia } from 'pinia'
import type { AppInfo, DatasetCard } from '../../../src-shared/contract.ts'
import { createFakeBridge, type FakeBridge } from '../../../src-renderer/bridge/fake.ts'
import { provideBridge } from '../../../src-renderer/bridge/index.ts'

export const digits: DatasetCard = {
  id: 'digits',
  kind: 'images',
  name: 'Digits',
  format: 'IDX',
  path: null,
  origin: 'MNIST',
  licence: 'MIT',
  shape: [1, 28, 28],
  classes: Array.from({ length: 10 }, (_, i) => String(i)),
  trainCount: 8000,
  testCount: 2000,
  trainPerClass: Array.from({ length: 10 }, () => 800),
  testPerClass: Array.from({ length: 10 }, () => 200),
  checksum: 'abc',
  known: null,
  bytesOnDisk: 1000,
  bundled: true,
  events: null,
  valueRange: [0, 255],
  findings: [],
  settings: {},
  problem: null,
}

export const info: AppInfo = {
  version: '0.1.0',
  host: 'browser',
  workspace: '/home/somebody/Spikedesk',
  cores: 2,
  engines: [
    { id: 'native', device: 'AVX2', threads: 2, unavailable: null },
    { id: 'reference', device: 'TypeScript', threads: 1, unavailable: null },
  ],
}

/** A page without a past over a bridge that knows the bundled digits. */
export function freshPage(answers: Parameters<typeof createFakeBridge>[0] = {}): FakeBridge {
  localStorage.clear()
  const bridge = createFakeBridge({ 'app.info': () => info, 'datasets.list': () => [digits], ...answers })
  provideBridge(bridge)
  setActivePinia(createPinia())
  return bridge
}
