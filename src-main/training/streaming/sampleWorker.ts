import { parentPort, workerData } from 'node:worker_threads'
import { toErrorMessage } from '../../../src-shared/errors/index.ts'
import { EventRoom } from '../../datasets/packed/eventRoom.ts'
import { openRecordingFile, type RecordingFile } from '../../datasets/packed/recordingFile.ts'
import type { Split } from '../../engine/executor.ts'
import { makeBatch, roomOf, type BatchRoom } from './makeBatch.ts'
import { freeRoom } from './roomPool.ts'
import type { SampleReader } from './sampleReader.ts'
import type { WorkerAnswer, WorkerRequest, WorkerStart } from './workerContract.ts'

/** Entry of a thread that makes batches ahead of training. */

const { coding, shape, packed } = workerData as WorkerStart
const files: Partial<Record<Split, RecordingFile>> = {}
const room = new EventRoom()

function packedReader(splits: NonNullable<WorkerStart['packed']>): SampleReader {
  return {
    ...{ kind: 'events', shape },
    label: (split, index) => splits[split].labels[index],
    recording(split, index) {
      const { path, offsets, eventCounts } = splits[split]
      files[split] ??= openRecordingFile(path)
      return files[split].read(offsets[index], eventCounts[index], room)
    },
  }
}

/** Reads the images that came with a request, whose places are those of its indices. */
function sentReader({ request, images }: WorkerRequest): SampleReader {
  if (!images) throw new Error('a request for images came without them')
  const size = images.pixels.length / request.indices.length
  const places = new Map(Array.from(request.indices, (index, place) => [index, place]))
  const placeOf = (index: number): number => places.get(index) ?? 0
  return {
    ...{ kind: 'images', shape },
    label: (_split, index) => images.labels[placeOf(index)],
    image: (_split, index) => images.pixels.subarray(placeOf(index) * size, (placeOf(index) + 1) * size),
  }
}

parentPort?.on('message', (message: WorkerRequest) => {
  const { id, request, images, room } = message
  let answer: WorkerAnswer
  let answered: BatchRoom = []
  try {
    const made = makeBatch(packed ? packedReader(packed) : sentReader(message), coding, request, room)
    answer = { id, made }
    answered = roomOf(made)
  } catch (thrown) {
    freeRoom(room)
    answer = { id, error: toErrorMessage(thrown) }
  }
  if (images) freeRoom([images.pixels.buffer])
  parentPort?.postMessage(answer, [...answered])
})
