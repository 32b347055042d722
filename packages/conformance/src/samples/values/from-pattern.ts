/**
 * Returns a text that matches a regular expression, or undefined if this reader does not know its
 * syntax. Another number gives another text if the pattern allows it.
 */
export function fromPattern(pattern: string, number = 0): string | undefined {
  try {
    const text = new PatternReader(pattern, number).read()
    return new RegExp(pattern, 'u').test(text) ? text : undefined
  } catch {
    return undefined
  }
}

/** The first character of each class, and characters to vary. */
const classes: Readonly<Record<string, string>> = { d: '0123456789', w: 'abcdefghij', s: ' ', D: 'a', W: '-', S: 'a' }
const anything = 'abcdefghij'

class PatternReader {
  readonly #pattern: string
  #at = 0
  /** Decides between characters; its digits are used up one after the other, the last first. */
  #number: number

  constructor(pattern: string, number: number) {
    this.#pattern = pattern
    this.#number = number
  }

  read(): string {
    const text = this.#readChoice()
    if (this.#at < this.#pattern.length) throw new SyntaxError(`unexpected ${this.#pattern[this.#at]}`)
    return text
  }

  /** Reads alternatives, and returns the first. */
  #readChoice(): string {
    const first = this.#readSequence()
    while (this.#skip('|')) this.#readSequence()
    return first
  }

  #readSequence(): string {
    let text = ''
    while (this.#at < this.#pattern.length && !'|)'.includes(this.#peek())) text += this.#readTerm()
    return text
  }

  #readTerm(): string {
    const before = this.#number
    const from = this.#at
    const first = this.#readAtom()
    const count = this.#readCount()
    if (count === 0) {
      this.#number = before
      return ''
    }
    const end = this.#at
    let text = first
    for (let index = 1; index < count; index++) {
      this.#at = from
      text += this.#readAtom()
    }
    this.#at = end
    return text
  }

  #readAtom(): string {
    const character = this.#take()
    if (character === '^' || character === '$') return ''
    if (character === '.') return this.#choose(anything)
    if (character === '[') return this.#choose(this.#readClass())
    if (character === '\\') return this.#readEscape()
    if (character !== '(') return character
    if (this.#skip('?') && !this.#skip(':')) throw new SyntaxError('a group of another kind')
    const text = this.#readChoice()
    if (!this.#skip(')')) throw new SyntaxError('an open group')
    return text
  }

  #readEscape(): string {
    const character = this.#take()
    if (character === 'b') return ''
    if (/[pPukxc1-9B]/.test(character)) throw new SyntaxError('an escape of another kind')
    return this.#choose(classes[character] ?? character)
  }

  #readClass(): string {
    if (this.#skip('^')) {
      const excluded = this.#readMembers()
      return `${anything}0123456789-_ABC`
        .split('')
        .filter((one) => !excluded.includes(one))
        .join('')
    }
    return this.#readMembers()
  }

  #readMembers(): string {
    let members = ''
    while (!this.#skip(']')) {
      const one = this.#readMember()
      if (this.#peek() === '-' && this.#pattern[this.#at + 1] !== ']' && one.length === 1) {
        this.#at++
        members += rangeOf(one, this.#readMember())
      } else members += one
    }
    return members
  }

  #readMember(): string {
    const character = this.#take()
    if (character !== '\\') return character
    const escaped = this.#take()
    return classes[escaped] ?? escaped
  }

  /** Reads a quantifier, and returns the smallest count, but one for `*`. */
  #readCount(): number {
    let count = 1
    if (this.#skip('?')) count = 0
    else if (this.#skip('*') || this.#skip('+')) count = 1
    else if (this.#peek() === '{') {
      const [whole = '', least = '1'] = /^\{(\d+)(?:,\d*)?\}/.exec(this.#pattern.slice(this.#at)) ?? []
      if (!whole) throw new SyntaxError('a brace')
      this.#at += whole.length
      count = Number(least)
    } else return count
    this.#skip('?')
    return count
  }

  #choose(characters: string): string {
    if (!characters) throw new SyntaxError('an empty class')
    const character = characters.charAt(this.#number % characters.length)
    this.#number = Math.floor(this.#number / characters.length)
    return character
  }

  #peek(): string {
    return this.#pattern.charAt(this.#at)
  }

  #take(): string {
    if (this.#at >= this.#pattern.length) throw new SyntaxError('an early end')
    return this.#pattern.charAt(this.#at++)
  }

  #skip(character: string): boolean {
    if (this.#peek() !== character) return false
    this.#at++
    return true
  }
}

function rangeOf(first: string, last: string): string {
  const [from, to] = [first.charCodeAt(0), last.charCodeAt(0)]
  return String.fromCharCode(...Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index))
}
