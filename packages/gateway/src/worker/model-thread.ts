import { workerData } from 'node:worker_threads'

import { ModelTranscriber, type ModelTranscriberOptions } from '../model/model-transcriber.ts'
import { serveTranscriber } from './serve-transcriber.ts'

/** The thread that a WorkerTranscriber starts by default. */
serveTranscriber(new ModelTranscriber(workerData as ModelTranscriberOptions))
