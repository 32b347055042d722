// Older versions of React Native have neither btoa() nor atob().
const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

export function toBase64(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 3) {
    const [first = 0, second = 0, third = 0] = bytes.subarray(at, at + 3)
    const group = (first << 16) | (second << 8) | third
    for (const shift of [18, 12, 6, 0]) text += digits[(group >> shift) & 63]
  }
  const missing = (3 - (bytes.length % 3)) % 3
  return text.slice(0, text.length - missing) + '='.repeat(missing)
}

/** Padding becomes zeros. */
export function fromBase64(text: string): Uint8Array {
  const groups = text.match(/.{4}/g) ?? []
  return Uint8Array.from(
    groups.flatMap((group) => {
      const [a = 0, b = 0, c = 0, d = 0] = Array.from(group, (digit) => Math.max(0, digits.indexOf(digit)))
      return [(a << 2) | (b >> 4), (b << 4) | (c >> 2), (c << 6) | d]
    }),
  )
}
