import { readdir, readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { containerOf } from './container-of.ts'

const latin1 = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0))

test.each([
  ['wav', 'RIFF\x24\x00\x00\x00WAVEfmt '],
  ['flac', 'fLaC\x00\x00\x00\x22'],
  ['ogg', 'OggS\x00\x02'],
  ['webm', '\x1a\x45\xdf\xa3\x9f\x42'],
  ['m4a', '\x00\x00\x00\x1cftypM4A '],
  ['mp3', 'ID3\x04\x00'],
  ['mp3', '\xff\xfb\x90\x64'],
  ['mp3', '\xff\xfa\x90\x64'],
  ['mp3', '\xff\xf3\x48\xc4'],
  ['mp3', '\xff\xf2\x48\xc4'],
  ['mp3', '\xff\xe3\x18\xc4'],
  ['mp3', '\xff\xe2\x18\xc4'],
  ['aac', '\xff\xf1\x50\x80'],
  ['aac', '\xff\xf0\x50\x80'],
  ['aac', '\xff\xf9\x50\x80'],
  ['aac', '\xff\xf8\x50\x80'],
])('containerOf() recognizes %s by %j', (container, beginning) => {
  expect(containerOf(latin1(beginning))).toBe(container)
})

test.each([
  ['nothing', ''],
  ['text', 'Hello, world'],
  ['WAVE without RIFF', '12345678WAVEfmt '],
  ['RIFF with another form', 'RIFF\x24\x00\x00\x00AVI LIST'],
  ['a text that begins like EBML in another alphabet', 'xE\xdf\xa3'],
  ['UTF-16 text, little-endian', '\xff\xfeH\x00i\x00'],
  ['a reserved MPEG version', '\xff\xeb\x90\x64'],
  ['a sync word that is cut off', '\xff'],
])('containerOf() recognizes no container in %s', (_, beginning) => {
  expect(containerOf(latin1(beginning))).toBeUndefined()
})

const clips = new URL('../../conformance/fixtures/speech/', import.meta.url)
const files = (await readdir(clips)).filter((name) => name.startsWith('austen-'))

test.each(files)('containerOf() recognizes the recorded clip %s', async (name) => {
  const extension = name.slice(name.lastIndexOf('.') + 1)
  expect(containerOf(await readFile(new URL(name, clips)))).toBe(extension === 'opus' ? 'ogg' : extension)
})
