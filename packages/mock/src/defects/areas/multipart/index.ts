import type { Defect } from '../../defect.ts'
import { requiredParts } from './required-parts.ts'
import { boundaries } from './boundary.ts'
import { parts } from './parts.ts'
import { partHeaders } from './part-headers.ts'
import { framing } from './framing.ts'
import { limits } from './limits.ts'

export const multipart: Defect[] = [...requiredParts, ...boundaries, ...parts, ...partHeaders, ...framing, ...limits]
