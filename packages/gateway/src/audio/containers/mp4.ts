/**
 * A box of ISO/IEC 14496-12, section 4.2. `start` and `end` are its offsets, `content` is the
 * offset after its header.
 */
interface Box {
  type: string
  start: number
  content: number
  end: number
}

/**
 * Moves the index of an MP4 file (`moov`) before its media, because ffmpeg cannot seek in a pipe.
 * Phones write the index last. Other files are returned unchanged.
 */
export function moveIndexToFront(bytes: Uint8Array): Uint8Array {
  const boxes = [...readBoxes(bytes, 0, bytes.length)]
  const media = boxes.find(({ type }) => type === 'mdat')
  const index = boxes.find(({ type }) => type === 'moov')
  if (!media || !index || index.start < media.start) return bytes

  const moved = Uint8Array.from(bytes.subarray(index.start, index.end))
  shiftChunks(moved, { from: media.start, to: index.start, by: moved.length })
  return Buffer.concat([
    bytes.subarray(0, media.start),
    moved,
    bytes.subarray(media.start, index.start),
    bytes.subarray(index.end),
  ])
}

const parents = new Set(['moov', 'trak', 'mdia', 'minf', 'stbl'])
/** The tables of chunk offsets with the width of an offset in bytes. */
const tables: Record<string, 4 | 8> = { stco: 4, co64: 8 }

/** Section 8.7.5: chunk offsets count from the beginning of the file. */
function shiftChunks(bytes: Uint8Array, range: { from: number; to: number; by: number }): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (const { type, content, end } of readTree(bytes, 0, bytes.length)) {
    const width = tables[type]
    if (!width) continue
    const first = content + 8
    const last = Math.min(end, first + view.getUint32(content + 4) * width)
    for (let offset = first; offset + width <= last; offset += width) {
      // The lower 32 bits of a wide offset suffice for a file in memory.
      const position = offset + width - 4
      const chunk = view.getUint32(position)
      if (chunk >= range.from && chunk < range.to) view.setUint32(position, chunk + range.by)
    }
  }
}

function* readTree(bytes: Uint8Array, start: number, end: number, depth = 0): Generator<Box> {
  for (const box of readBoxes(bytes, start, end)) {
    if (parents.has(box.type) && depth < parents.size) yield* readTree(bytes, box.content, box.end, depth + 1)
    else yield box
  }
}

function* readBoxes(bytes: Uint8Array, start: number, end: number): Generator<Box> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let offset = start
  while (offset + 8 <= end) {
    const declared = view.getUint32(offset)
    const type = String.fromCharCode(...bytes.subarray(offset + 4, offset + 8))
    const isWide = declared === 1
    const size = isWide ? Number(view.getBigUint64(offset + 8)) : declared || end - offset
    const headerSize = isWide ? 16 : 8
    if (size < headerSize || offset + size > end) return
    yield { type, start: offset, content: offset + headerSize, end: offset + size }
    offset += size
  }
}
