/** What is used of Prism; a module of its own, so that it can be loaded by itself. */
export { createInstance, getHttpOperationsFromSpec } from '@stoplight/prism-http'
