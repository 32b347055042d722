// What is known about gateways. Bundlers keep the ones that are used.
export * from '@livepeer-ai/openapi/gateways'
