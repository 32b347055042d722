const base64 = (text: string): Buffer => Buffer.from(text, 'base64')

/** A small valid file of each media type. */
const files: Readonly<Record<string, [extension: string, bytes: Buffer]>> = {
  'image/png': [
    'png',
    base64('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='),
  ],
  'image/jpeg': [
    'jpg',
    base64(
      '/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAA//EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AN//Z',
    ),
  ],
  'image/gif': ['gif', base64('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7')],
  'application/pdf': [
    'pdf',
    Buffer.from(
      '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n',
    ),
  ],
  'audio/wav': [
    'wav',
    Buffer.concat([base64('UklGRkQAAABXQVZFZm10IBAAAAABAAEAgD4AAAB9AAACABAAZGF0YSAAAAA='), Buffer.alloc(32)]),
  ],
  'application/zip': ['zip', Buffer.concat([Buffer.from('PK\u0005\u0006'), Buffer.alloc(18)])],
  'application/json': ['json', Buffer.from('{"sample":true}')],
  'text/csv': ['csv', Buffer.from('name,value\nsample,1\n')],
  'application/xml': ['xml', Buffer.from('<?xml version="1.0"?><sample/>')],
  'text/xml': ['xml', Buffer.from('<?xml version="1.0"?><sample/>')],
  'text/html': ['html', Buffer.from('<!doctype html><title>sample</title>')],
  'text/plain': ['txt', Buffer.from('A sample.\n')],
  'application/octet-stream': ['bin', Buffer.from([0, 1, 2, 253, 254, 255])],
}

export interface SampleFile {
  filename: string
  type: string
  bytes: Buffer
}

/** Returns a file of a media type or of a range such as `image/*`. */
export function makeFile(mediaType = 'application/octet-stream'): SampleFile {
  const [first = ''] = mediaType.split(',')
  const wanted = first.split(';', 1).join('').trim().toLowerCase()
  const range = wanted.endsWith('*') ? wanted.slice(0, wanted.indexOf('*')) : undefined
  const known = Object.keys(files).find((name) => name === wanted || (range !== undefined && name.startsWith(range)))
  const [extension, bytes] = files[known ?? 'application/octet-stream'] ?? ['bin', Buffer.from('sample')]
  return { filename: `sample.${extension}`, type: known ?? wanted, bytes }
}
