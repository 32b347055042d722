import { createHash } from 'node:crypto'
import { UnsupportedAudioError, type Transcriber } from '@livepeer-ai/gateway'
import type { MockOptions } from '@livepeer-ai/mock'
import { findGateway } from '@livepeer-ai/openapi/gateways'
import { planSuite } from '../../packages/conformance/src/run/plan-suite.ts'
import { textResponse } from '../../packages/gateway/src/http/text-response.ts'

type Recordings = ReadonlyMap<string, Uint8Array>
const recordingsOf = new Map<string, Promise<Recordings>>()

/** Lets a mock of a gateway, or of `none`, transcribe the recordings that the suite sends. */
export async function transcribeSuite(
  name: string,
  transcriber: Transcriber,
): Promise<NonNullable<MockOptions['exampleFor']>> {
  const planned = recordingsOf.get(name) ?? listRecordings(name)
  recordingsOf.set(name, planned)
  const recordings = await planned
  return async ({ files, fields: { return_timestamps: by } }) => {
    const bytes = files.flatMap(({ sha256 }) => recordings.get(sha256) ?? [])[0]
    if (!bytes) return undefined
    const timestamps = by === 'word' ? 'word' : by === 'false' ? 'none' : 'sentence'
    try {
      return textResponse(await transcriber.transcribe({ bytes }, { words: by === 'word' }), timestamps)
    } catch (error) {
      // A mock also answers 200 to some files that are not recordings.
      if (error instanceof UnsupportedAudioError) return undefined
      throw error
    }
  }
}

/** Returns the recordings that the suite sends to a gateway, by their SHA-256. */
async function listRecordings(name: string): Promise<Recordings> {
  const options = { url: 'http://127.0.0.1', token: 'any', profile: 'long', allowUnsafe: true } as const
  const { distinct } = await planSuite(options, name === 'none' ? undefined : findGateway(name))
  const recordings = new Map<string, Uint8Array>()
  for (const { plan } of distinct)
    for (const { value } of plan.body && 'parts' in plan.body ? plan.body.parts : [])
      if (typeof value !== 'string') recordings.set(createHash('sha256').update(value).digest('hex'), value)
  return recordings
}
