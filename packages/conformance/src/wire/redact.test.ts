import { expect, test } from 'vitest'
import { redactText } from './redact.ts'

test.each([
  ['replaces a long token anywhere', 'Bearer%20abcdefgh12', 'abcdefgh12', 'Bearer%20{token}'],
  ['replaces a short token as a whole word', '{"msg":"good: no"} goods', 'good', '{"msg":"{token}: no"} goods'],
  ['keeps a single letter', '{"text":"x"}', 'x', '{"text":"x"}'],
  ['replaces a token with characters of regular expressions', 'a.b+ axb+', 'a.b+', '{token} axb+'],
])('%s', (_, text, secret, redacted) => {
  expect(redactText(text, [secret])).toBe(redacted)
})
