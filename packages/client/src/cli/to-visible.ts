/**
 * Replaces control characters, which could change the terminal, by visible ones. Line feeds and
 * tabs stay.
 */
export function toVisible(text: string): string {
  return text.replaceAll(/[^\P{Cc}\n\t]/gu, (character) => {
    const code = character.charCodeAt(0)
    // Unicode has pictures of the ASCII ones.
    if (code < 0x20) return String.fromCharCode(0x2400 + code)
    return code === 0x7f ? '␡' : `\\u${code.toString(16).padStart(4, '0')}`
  })
}
