/** The parts of Prism that are used, in a module of their own for a dynamic import. */
export { createInstance, getHttpOperationsFromSpec } from '@stoplight/prism-http'
