/** The delay of every layer III decoder in samples. */
const decoderDelay = 529

/**
 * Returns the number of samples before the recording begins. The encoder states it in a silent
 * first frame (Xing or Info tag with LAME's extension); without one it is 0.
 */
export function mp3Delay(bytes: Uint8Array): number {
  const isMpeg1 = ((bytes[1] ?? 0) >> 3) % 4 === 3
  const isMono = (bytes[3] ?? 0) >> 6 === 3
  const [samplesPerFrame, sideInfo] = isMpeg1 ? [1152, isMono ? 17 : 32] : [576, isMono ? 9 : 17]
  const tag = bytes.subarray(4 + sideInfo)
  const name = String.fromCharCode(...tag.subarray(0, 4))
  if (name !== 'Xing' && name !== 'Info') return 0

  // Optional fields for the lowest four flags: frames, bytes, table of contents, quality.
  const flags = tag[7] ?? 0
  const optional = [4, 4, 100, 4].reduce((sum, size, bit) => sum + (flags & (1 << bit) ? size : 0), 0)
  const lame = tag.subarray(8 + optional)
  const encoderDelay = ((lame[21] ?? 0) << 4) | ((lame[22] ?? 0) >> 4)
  return samplesPerFrame + (encoderDelay ? encoderDelay + decoderDelay : 0)
}
