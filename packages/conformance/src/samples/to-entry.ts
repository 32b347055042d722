import type { SampleEntry } from './make-samples.ts'
import type { Sample } from './sample.ts'

/** Returns a sample as an entry of a file of samples. Ids from earlier responses are left out. */
export function toEntry({ values, body }: Sample): SampleEntry {
  const entry: SampleEntry = {}
  for (const [key, value] of Object.entries(values)) {
    const [place, ...name] = key.split('.')
    if (place !== 'path' && place !== 'query' && place !== 'header' && place !== 'cookie') continue
    entry[place] = { ...entry[place], [name.join('.')]: value }
  }
  if (body && !(body.value instanceof Uint8Array)) entry.body = body.value
  return entry
}
