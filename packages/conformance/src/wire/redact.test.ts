import { expect, test } from 'vitest'
import { redactText } from './redact.ts'

test.each([
  ['a long token, wherever it stands', 'Bearer%20abcdefgh12', 'abcdefgh12', 'Bearer%20{token}'],
  ['a short one, where it stands as a word', '{"msg":"good: no"} goods', 'good', '{"msg":"{token}: no"} goods'],
  ['no few letters, which would make nonsense of the rest', '{"text":"x"}', 'x', '{"text":"x"}'],
  ['a token with letters that mean something in a pattern', 'a.b+ axb+', 'a.b+', '{token} axb+'],
])('%s', (_, text, secret, redacted) => {
  expect(redactText(text, [secret])).toBe(redacted)
})
