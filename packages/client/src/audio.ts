import { AudioError } from './errors.ts'

/** A recording: a path or file URL (not in browsers), a Blob or File, or its bytes. */
export type Audio = string | URL | Blob | ArrayBuffer | Uint8Array<ArrayBuffer>

/** The recording as a file with a name; throws an AudioError when there is nothing to send. */
export async function audioFile(audio: Audio): Promise<File> {
  const blob = await open(audio)
  if (blob.size === 0) throw new AudioError(`${name(audio, blob)} is empty: there is nothing to transcribe`)
  return blob instanceof File ? blob : new File([blob], name(audio, blob), { type: blob.type })
}

async function open(audio: Audio): Promise<Blob> {
  if (audio instanceof Blob) return audio
  if (typeof audio !== 'string' && !(audio instanceof URL)) return new Blob([audio])
  const { openAsBlob } = await import('node:fs')
  try {
    return await openAsBlob(audio)
  } catch (cause) {
    throw new AudioError(`${String(audio)} cannot be read: there is no such file, or it is not readable`, { cause })
  }
}

function name(audio: Audio, blob: Blob): string {
  if (blob instanceof File) return blob.name
  return typeof audio === 'string' || audio instanceof URL ? (String(audio).split(/[\\/]/).pop() ?? 'audio') : 'audio'
}
