import {
  createFinalURL,
  createQuerySerializer,
  defaultPathSerializer,
  type PathSerializer,
  type QuerySerializer,
  type QuerySerializerOptions,
} from 'openapi-fetch'

export interface UrlOptions {
  params?: { query?: Record<string, unknown>; path?: Record<string, unknown> }
  querySerializer?: QuerySerializer<unknown> | QuerySerializerOptions
  pathSerializer?: PathSerializer
}

type ToPath = (template: string, options: UrlOptions) => string

/** Returns the path and query of a path template with its parameters. */
export const withParameters: ToPath = (template, { params = {}, querySerializer, pathSerializer }) =>
  createFinalURL(template, {
    baseUrl: '',
    params,
    querySerializer: typeof querySerializer === 'function' ? querySerializer : createQuerySerializer(querySerializer),
    pathSerializer: pathSerializer ?? defaultPathSerializer,
  })

/** The same without parameters. Bundles then leave out the code that serializes them. */
export const withoutParameters: ToPath = (template) => template
