/** Frees memory at once instead of at garbage collection. */
export function release({ buffer }: Uint8Array | Float32Array): void {
  structuredClone(buffer, { transfer: [buffer as ArrayBuffer] })
}
