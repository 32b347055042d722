import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { Transcriber } from '../transcriber.ts'
import type { Queue } from './queue.ts'

/** The counters of the gateway in Prometheus format. */
export interface Metrics {
  request: (operation: string, status: number, seconds: number) => void
  transcription: (audioSeconds: number, seconds: number) => void
  /** Takes the seconds from a piece of speech to its text. */
  piece: (seconds: number) => void
  /** Returns the mean time of a transcription so far in seconds. */
  meanSeconds: () => number
  expose: () => Promise<Response>
}

export function createMetrics(queue: Queue, transcriber: Pick<Transcriber, 'activity'>): Metrics {
  const registry = new Registry()
  const registers = [registry]
  const requests = new Histogram({
    name: 'livepeer_ai_request_duration_seconds',
    help: 'Seconds from request to response.',
    labelNames: ['operation', 'status'],
    buckets: [0.01, 0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 300],
    registers,
  })
  const audio = new Counter({
    name: 'livepeer_ai_audio_seconds_total',
    help: 'Length of the transcribed recordings in seconds.',
    registers,
  })
  const factor = new Histogram({
    name: 'livepeer_ai_real_time_factor',
    help: 'Seconds of transcription per second of recording.',
    buckets: [0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1, 2, 5],
    registers,
  })
  const piece = new Histogram({
    name: 'livepeer_ai_piece_duration_seconds',
    help: 'Seconds from the detection of a piece of speech to its text.',
    buckets: [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
    registers,
  })
  for (const gauge of createGauges(queue, transcriber)) registry.registerMetric(gauge)
  let count = 0
  let total = 0

  return {
    request: (operation, status, seconds) => requests.observe({ operation, status: String(status) }, seconds),
    transcription(audioSeconds, seconds) {
      count++
      total += seconds
      audio.inc(audioSeconds)
      if (audioSeconds > 0) factor.observe(seconds / audioSeconds)
    },
    piece: (seconds) => piece.observe(seconds),
    meanSeconds: () => (count ? total / count : 1),
    expose: async () => new Response(await registry.metrics(), { headers: { 'content-type': registry.contentType } }),
  }
}

function createGauges(queue: Queue, transcriber: Pick<Transcriber, 'activity'>): Gauge[] {
  const gauges = [
    { name: 'livepeer_ai_queue_waiting', help: 'Recordings that wait for their turn.', value: () => queue.waiting },
    { name: 'livepeer_ai_queue_running', help: 'Recordings that are being transcribed.', value: () => queue.running },
    {
      name: 'livepeer_ai_threads',
      help: 'Threads that recognize speech.',
      value: () => transcriber.activity?.threads ?? 0,
    },
    {
      name: 'livepeer_ai_pieces_waiting',
      help: 'Pieces of speech that wait for a thread.',
      value: () => transcriber.activity?.waiting ?? 0,
    },
  ]
  return gauges.map(({ name, help, value }) => {
    const gauge: Gauge = new Gauge({ name, help, registers: [], collect: () => gauge.set(value()) })
    return gauge
  })
}
