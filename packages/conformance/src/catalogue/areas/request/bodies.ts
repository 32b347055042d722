import { isObject } from '@livepeer-ai/openapi'
import type { Check } from '../../../check.ts'
import { selfContained } from '../../../description/self-contained.ts'
import { flattenSchema } from '../../../samples/values/flatten-schema.ts'
import { makeFile } from '../../../samples/values/make-file.ts'
import { defineChecks } from '../../define-checks.ts'
import { judgeStatus } from '../../judgements.ts'
import { isInvalidText, judgeAnswered, planBodyViolations, planRejected, sampleOf } from '../../rejections.ts'
import { planAccepted, withBase } from '../../subject.ts'
import { judgeMinimal, toMinimal } from '../resource/minimal.ts'
import { judgeRejected } from './judge-rejected.ts'

/** A larger file is not sent. */
const mostBytes = 2 ** 21

/** Checks of request bodies, whatever their media type. */
export const bodiesChecks: Check[] = defineChecks('body', [
  {
    id: 'BD-01',
    title: 'A request without its body is rejected',
    harm: 'client-breaks',
    for: 'upload',
    source: 'OpenAPI description, requestBody.required',
    remediation: 'Answer 400, 415 or 422 if there is no body.',
    plan: (context) => {
      const { body: _, ...plan } = planRejected(sampleOf(context), 'no body', {})
      return context.operation.requestBody?.required ? [{ ...plan, isOdd: true as const }] : []
    },
    judge: judgeStatus({ pass: [400, 411, 415, 422] }),
  },
  {
    id: 'BD-02',
    title: 'A body of another media type is rejected',
    harm: 'client-breaks',
    for: 'upload',
    source: 'OpenAPI description, requestBody.content; RFC 9110, section 15.5.16',
    remediation: 'Answer 415 for a media type that the description does not have.',
    plan: (context) => {
      const { mediaTypes = [] } = context.operation.requestBody ?? {}
      if (mediaTypes.some((one) => one.includes('*'))) return []
      const plan = planRejected(sampleOf(context), 'another media type', {})
      const type = ['text/plain', 'application/xml'].find((one) => !mediaTypes.includes(one)) ?? 'text/csv'
      const bytes = plan.body && 'bytes' in plan.body ? plan.body.bytes : Buffer.from('sample')
      return [{ ...plan, body: { bytes, type }, isOdd: true as const }]
    },
    judge: (exchanges, context) =>
      judgeStatus('415' in context.operation.responses ? { pass: [415] } : { pass: [415, 400, 422] })(
        exchanges,
        context,
      ),
  },
  {
    id: 'BD-03',
    title: 'A form without a required part is rejected',
    harm: 'client-breaks',
    for: 'form',
    source: 'OpenAPI description, requestBody: required',
    remediation: 'Answer 400 or 422, and name the missing part.',
    plan: (context) => {
      const sample = sampleOf(context)
      const { value, schema } = sample.body ?? {}
      if (!isObject(value)) return []
      return flattenSchema(sample.description, schema).required.map((name) => {
        const { [name]: _, ...body } = value
        return planRejected(sample, `no part ${name}`, { body })
      })
    },
    judge: judgeRejected,
  },
  {
    id: 'BD-08',
    title: 'A form with its required parts alone is accepted',
    harm: 'client-breaks',
    for: 'form',
    needs: ['behavior'],
    source: 'OpenAPI description, requestBody: required and default',
    remediation: 'Require what the description requires, and fill in the documented defaults.',
    plan: (context) => {
      const body = toMinimal(context)
      return body ? withBase(sampleOf(context), [planAccepted(sampleOf(context), { body }, 'a valid form')]) : []
    },
    judge: judgeMinimal,
  },
  {
    id: 'BD-04',
    title: 'A form that is broken causes no server error',
    harm: 'client-breaks',
    for: 'form',
    source: 'RFC 2046, section 5.1.1',
    remediation: 'Answer 400 if the body ends too early or has another boundary.',
    plan: (context) => {
      const plan = planRejected(sampleOf(context), 'a broken form', {})
      if (!plan.body || !('parts' in plan.body)) return []
      const { body } = plan
      return [{ unclosed: true as const }, { declaredBoundary: null }, { parts: [] }].map((change) => ({
        ...plan,
        body: { ...body, ...change },
        isOdd: true as const,
      }))
    },
    judge: judgeStatus({ pass: ['4xx'], warn: ['2xx'] }),
  },
  {
    id: 'BD-05',
    title: 'A file of another media type than documented is rejected',
    harm: 'wrong-data',
    for: 'form',
    source: 'OpenAPI description, encoding.contentType',
    remediation: 'Answer 415 or 422 for a file that the description does not have.',
    plan: (context) => {
      const sample = sampleOf(context)
      const [name, type = ''] =
        Object.entries(sample.body?.files ?? {}).find(([, one]) => !/octet|\*\/\*/.test(one)) ?? []
      const plan = planRejected(sample, 'a file of another type', {})
      if (name === undefined || !plan.body || !('parts' in plan.body)) return []
      const other = makeFile(type.includes('text/') ? 'application/zip' : 'text/html')
      const parts = plan.body.parts.map((part) =>
        part.name === name ? { ...part, value: other.bytes, filename: other.filename, type: other.type } : part,
      )
      return [{ ...plan, body: { parts } }]
    },
    judge: judgeRejected,
  },
  {
    id: 'BD-06',
    title: 'A part that does not fit its schema is rejected',
    harm: 'client-breaks',
    for: 'form',
    source: 'OpenAPI description, requestBody: properties',
    remediation: 'Check each keyword of the schema of a part, and answer 400 or 422.',
    plan: (context) => {
      const { body, description } = sampleOf(context)
      const { properties } = flattenSchema(description, body?.schema)
      return planBodyViolations(context, ({ pointer, keyword, value }) => {
        const [, name = ''] = pointer.split('/')
        const property = properties[name]
        if (!property || keyword === 'required' || keyword === 'nullable' || body?.files[name] !== undefined)
          return false
        const text = isObject(value) ? value[name] : undefined
        return isInvalidText(context, selfContained(description, property, 'request'), text)
      })
    },
    judge: judgeRejected,
  },
  {
    id: 'BD-09',
    title: 'A file over the documented limit is rejected',
    harm: 'client-breaks',
    for: 'form',
    source: 'OpenAPI description, requestBody: maxLength of a file',
    remediation: 'Answer 413 for a file that is larger than the description allows.',
    plan: (context) => {
      const sample = sampleOf(context)
      const { properties } = flattenSchema(sample.description, sample.body?.schema)
      const plan = planRejected(sample, 'a file over its limit', {})
      if (!plan.body || !('parts' in plan.body)) return []
      const { parts } = plan.body
      return parts.flatMap((part) => {
        const { maxLength } = flattenSchema(sample.description, properties[part.name]).keywords
        if (part.filename === undefined || typeof maxLength !== 'number' || maxLength > mostBytes) return []
        const value = Buffer.concat([Buffer.from(part.value), Buffer.alloc(maxLength + 1)])
        return [{ ...plan, body: { parts: parts.map((one) => (one === part ? { ...part, value } : one)) } }]
      })
    },
    judge: judgeRejected,
  },
  {
    id: 'BD-07',
    title: 'A file name with a path or unusual characters causes no server error',
    harm: 'security',
    for: 'form',
    source: 'RFC 7578, section 4.2; CWE-22',
    remediation: 'Never use the name of an upload in a path, a command or a response.',
    plan: (context) => {
      const sample = sampleOf(context)
      const plan = { ...context.valid(), isOdd: true as const }
      if (!plan.body || !('parts' in plan.body) || Object.keys(sample.body?.files ?? {}).length === 0) return []
      const parts = plan.body.parts.map((part) =>
        part.filename === undefined ? part : { ...part, filename: '../../etc/pass"wd;$(id)é.txt' },
      )
      return [{ ...plan, body: { parts } }]
    },
    judge: judgeAnswered,
  },
])
