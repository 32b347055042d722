// The gateway profiles. Bundlers keep only those that are imported.
export * from '@livepeer-ai/openapi/gateway-profiles'
