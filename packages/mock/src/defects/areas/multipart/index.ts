import type { Defect } from '../../defect.ts'
import { boundaries } from './boundary.ts'
import { framing } from './framing.ts'
import { limits } from './limits.ts'
import { partHeaders } from './part-headers.ts'
import { parts } from './parts.ts'
import { requiredParts } from './required-parts.ts'

export const multipart: Defect[] = [...requiredParts, ...boundaries, ...parts, ...partHeaders, ...framing, ...limits]
