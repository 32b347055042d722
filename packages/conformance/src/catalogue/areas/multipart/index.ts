import type { Check } from '../../../check.ts'
import { defineChecks } from '../../define-checks.ts'
import { boundaryRows } from './boundary.ts'
import { framingRows } from './framing.ts'
import { limitRows } from './limits.ts'
import { partHeaderRows } from './part-headers.ts'
import { partRows } from './parts.ts'
import { requiredPartRows } from './required-parts.ts'

/** Checks of the request body, in the order of their ids. */
export const multipartChecks: Check[] = defineChecks('multipart', [
  ...requiredPartRows,
  ...boundaryRows,
  ...partRows,
  ...partHeaderRows,
  ...framingRows,
  ...limitRows,
])
