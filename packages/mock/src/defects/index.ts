export { defects, findDefect, withDefects } from './with-defects.ts'
export type { ListedDefect, SiteOptions } from './with-defects.ts'
export { UnknownDefectError } from './unknown-defect-error.ts'
export type { Defect, DefectFront, Site } from './defect.ts'
