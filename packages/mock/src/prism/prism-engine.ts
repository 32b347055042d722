/** The parts of Prism that are used, in a module of their own for a dynamic import. */
export { createInstance } from '@stoplight/prism-http'
export { transformOas3Operations } from '@stoplight/http-spec/oas3/operation'
export { bundleTarget } from '@stoplight/json'
