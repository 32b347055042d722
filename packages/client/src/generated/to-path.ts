// Generated from spec/ by `npm run generate`. Do not edit: change spec/ or tools/ instead.

export { withoutParameters as toPath } from '../call/to-path.ts'
