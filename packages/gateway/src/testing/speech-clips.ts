import { readFile } from 'node:fs/promises'

const folder = new URL('../../../conformance/fixtures/speech/', import.meta.url)

/** The words of the clips, by the beginning of their names. */
export const spoken = {
  'austen-0880': 'he was not an ill disposed young man',
  'austen-0890': 'unless to be rather cold hearted and rather selfish is to be ill disposed',
  'austen-0930': 'he might even have been made amiable himself',
}

/** The containers of `austen-0930` that are decoded without ffmpeg. */
export const containers = ['wav', 'mp3', 'flac', 'ogg', 'opus', 'webm']

/** Returns the bytes of a speech fixture. */
export function readClip(name: string): Promise<Uint8Array> {
  return readFile(new URL(name, folder))
}
