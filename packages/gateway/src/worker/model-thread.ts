import { workerData } from 'node:worker_threads'
import { ModelTranscriber, type ModelTranscriberOptions } from '../model/model-transcriber.ts'
import { serveTranscriber } from './serve-transcriber.ts'

/** The default thread of a WorkerTranscriber. */
serveTranscriber(new ModelTranscriber(workerData as ModelTranscriberOptions))
