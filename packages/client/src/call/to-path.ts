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

/** What a path template and its parameters come to. */
export const withParameters: ToPath = (template, { params = {}, querySerializer, pathSerializer }) =>
  createFinalURL(template, {
    baseUrl: '',
    params,
    querySerializer: typeof querySerializer === 'function' ? querySerializer : createQuerySerializer(querySerializer),
    pathSerializer: pathSerializer ?? defaultPathSerializer,
  })

/** The same where no operation has parameters in its path or query: what would serialize them is left out of bundles. */
export const withoutParameters: ToPath = (template) => template
