import { containerOf } from '@livepeer-ai/openapi'

/** Returns name and media type of a file: as given, else by its first bytes, else by its field. */
export function labelFile(
  bytes: Uint8Array,
  field: string,
  name = '',
  type = '',
): { name: string; type: string; container: string | undefined } {
  const container = containerOf(bytes)
  return {
    name: name || (container ? `${field}.${container}` : field),
    type: type || (container ? `audio/${subtypes[container] ?? container}` : 'application/octet-stream'),
    container,
  }
}

/** Subtypes that differ from the name of the container. */
export const subtypes: Record<string, string> = { m4a: 'mp4', mp3: 'mpeg' }
