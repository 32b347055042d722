import { FileError } from '../errors.ts'

export async function noFiles(path: string | URL): Promise<never> {
  throw new FileError(`${String(path)} cannot be opened: there are no files here; pass a Blob, a stream or a Response`)
}
