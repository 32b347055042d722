export type { OpenAPI } from '@livepeer-ai/openapi'
