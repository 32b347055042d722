import type { Check, Context } from '../../check.ts'
import { headerOf, type Exchange } from '../../exchange.ts'
import type { RequestPlan } from '../../request-plan.ts'
import { judgeAll, judgeEach, matchesStatus, judgeStatus, type Judge } from '../judgements.ts'
import { fieldParts, filePart, refusedForm, refusedUpload, upload, formWithoutAudio } from '../requests.ts'
import { defineChecks, planNothing, type CheckRow } from '../define-checks.ts'

/** Credentials that nobody has; without a random part, so that requests are the same in every run. */
const wrong = 'Bearer conformance-no-such-token'

const refused: Judge = judgeStatus({ pass: [401] })

/** A check that only a gateway that asks for a token can fail. */
const guarded = (row: CheckRow): CheckRow => ({
  ...row,
  plan: (context) => (context.authentication === 'none' ? [] : row.plan(context)),
  judge: (exchanges, context) =>
    context.authentication === 'none'
      ? [{ severity: 'skip', message: 'this gateway is meant to ask for no token' }]
      : row.judge(exchanges, context),
})

/** The upload that is transcribed with the right token, with other credentials. */
const as =
  (...authorization: (string | null)[]) =>
  ({ clips }: Context): RequestPlan[] =>
    authorization.map((one) => refusedUpload(clips.short, {}, { headers: { authorization: one } }))

/** The credentials of a request, as far as they could be told from ordinary words. */
function credentialsOf({ request }: Exchange): string[] {
  const sent = headerOf(request, 'authorization')?.split(/[\s,]+/) ?? []
  return ['{token}', ...sent.filter((word) => word.length >= 8)]
}

const unguarded: CheckRow[] = [
  {
    id: 'AU-01',
    title: 'An upload without a token is answered 401',
    level: 'MUST',
    profiles: ['smoke'],
    source: 'OpenAPI description, security',
    remediation: 'Ask for a token before anything is done, or run the suite for an open gateway.',
    plan: as(null),
    judge: refused,
  },
  {
    id: 'AU-02',
    title: 'An upload with a token that does not exist is answered 401',
    level: 'MUST',
    profiles: ['smoke'],
    source: 'OpenAPI description, responses: 401; RFC 6750, section 3.1',
    remediation: 'Compare the token with those that were given out, and answer 401 rather than 403 for any other.',
    plan: as(wrong),
    judge: refused,
  },
  {
    id: 'AU-03',
    title: 'Every 401 says which scheme is asked for',
    level: 'MUST',
    profiles: ['smoke'],
    source: 'RFC 9110, section 15.5.2; RFC 6750, section 3',
    remediation: 'Send WWW-Authenticate: Bearer with every 401.',
    plan: planNothing,
    judge: judgeEach('fail', ({ response }, { contract, operation }) => {
      if (response?.status !== 401) return false
      const challenge = headerOf(response, 'www-authenticate')
      if (challenge === undefined) return '401 without WWW-Authenticate'
      const definitions = contract.description.components?.['securitySchemes'] ?? {}
      const schemes = operation.security.flat().map((name) => (definitions[name] as { scheme?: string })?.scheme ?? '')
      const asked = challenge.toLowerCase().split(/[\s,]+/)
      const isAsked = schemes.some((scheme) => asked.includes(scheme.toLowerCase()))
      return !isAsked && `401 whose WWW-Authenticate does not ask for ${schemes.join(' or ')}`
    }),
  },
  {
    id: 'AU-04',
    title: 'A scheme without a token is answered 401',
    level: 'MUST',
    source: 'OpenAPI description, security; RFC 6750, section 2.1',
    remediation: 'Treat an empty token like a missing one.',
    plan: as('Bearer', 'Bearer   '),
    judge: judgeStatus({ pass: [401, 400] }),
  },
  {
    id: 'AU-05',
    title: 'Credentials of another scheme are answered 401',
    level: 'MUST',
    source: 'OpenAPI description, securitySchemes',
    remediation: 'Look at the scheme before the credentials, and answer 401 to those that are not served.',
    plan: as(`Basic ${Buffer.from('nobody:conformance').toString('base64')}`),
    judge: refused,
  },
  {
    id: 'AU-06',
    title: 'The scheme is understood in small letters',
    level: 'MUST',
    needs: ['token'],
    source: 'RFC 9110, section 11.1',
    remediation: 'Compare the scheme of Authorization without regard to case.',
    plan: ({ clips }) => [upload(clips.short, {}, { headers: { authorization: 'bearer {token}' } })],
    judge: judgeStatus({ pass: [200] }),
  },
  {
    id: 'AU-07',
    title: 'The token counts in the Authorization header alone',
    level: 'SHOULD',
    needs: ['token'],
    source: 'RFC 6750, section 2.3; OpenAPI description, securitySchemes',
    remediation: 'Do not read tokens from the query or the form: they end up in logs and histories.',
    plan: ({ clips, operation }) => [
      refusedUpload(
        clips.short,
        {},
        { headers: { authorization: null }, target: `${operation.path}?access_token={token}` },
      ),
      // Chunked, because the length of the token is nobody's business.
      refusedForm(
        [filePart(clips.short), ...fieldParts({ access_token: '{token}' })],
        {},
        { headers: { authorization: null }, delivery: { chunks: [4096] } },
      ),
    ],
    judge: judgeStatus({ pass: [401], note: [400, 411, 422], warn: ['2xx'] }),
  },
  {
    id: 'AU-08',
    title: 'The token is looked at before the form',
    level: 'SHOULD',
    source: 'OWASP API Security Top 10 2023, API2',
    remediation: 'Check the token before reading the body: strangers learn nothing, and cost nothing.',
    plan: () => [formWithoutAudio({ headers: { authorization: null } })],
    judge: judgeStatus({ pass: [401], warn: ['4xx'] }),
  },
  {
    id: 'AU-09',
    title: 'No answer repeats the credentials of the request',
    level: 'SHOULD',
    critical: true,
    source: 'RFC 6750, section 5.3; CWE-209',
    remediation: 'Leave tokens out of messages and headers: answers are logged, shown and kept.',
    plan: planNothing,
    judge: judgeEach('fail', (exchange) => {
      const { response } = exchange
      if (!response) return false
      const credentials = credentialsOf(exchange)
      const repeated = (text: string) => credentials.some((secret) => text.includes(secret))
      const header = response.headers.find(([, value]) => repeated(value))?.[0]
      if (header !== undefined) return `the header ${header} repeats the credentials`
      return repeated(response.body.toString('latin1')) && 'the body repeats the credentials'
    }),
  },
  {
    id: 'AU-10',
    title: 'A client that asks first need not upload to learn that its token is wrong',
    level: 'SHOULD',
    source: 'RFC 9110, section 10.1.1',
    remediation: 'Check the token before sending 100 Continue.',
    plan: ({ clips }) => [
      refusedUpload(
        clips.short,
        {},
        { headers: { authorization: null, expect: '100-continue' }, delivery: { expectMs: 5000 } },
      ),
    ],
    judge: judgeAll(
      refused,
      judgeEach(
        'warn',
        ({ response }) =>
          matchesStatus(response?.status ?? 0, ['4xx']) && response!.interim.includes(100) && '100 before the 401',
      ),
    ),
  },
  {
    id: 'AU-11',
    title: 'Two different tokens are refused',
    level: 'SHOULD',
    critical: true,
    needs: ['token'],
    source: 'RFC 9110, section 5.3',
    remediation: 'Refuse several Authorization headers: a proxy before the gateway may have looked at the other one.',
    plan: ({ clips }) => [refusedUpload(clips.short, {}, { headers: { authorization: ['Bearer {token}', wrong] } })],
    judge: judgeStatus({ pass: [401, 400], warn: ['2xx', '4xx'] }),
  },
]

/** Those that read what is there anyhow hold for open gateways as well. */
export const authChecks: Check[] = defineChecks(
  'auth',
  unguarded.map((row) => (row.plan === planNothing ? row : guarded(row))),
)
