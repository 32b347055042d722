export type { Contract } from '@livepeer-ai/openapi'
