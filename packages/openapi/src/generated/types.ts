// Generated from spec/ by `npm run generate`. Do not edit: change spec/ or tools/ instead.

export interface paths {
    "/audio-to-text": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Audio To Text
         * @description Transcribes the uploaded recording. The response contains the whole text. Unless `return_timestamps` is `false`, it also has the text in timed chunks.
         */
        post: operations["genAudioToText"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * Body_genAudioToText
         * @description A recording and the options for its transcription.
         */
        Body_genAudioToText: {
            /**
             * Audio
             * Format: binary
             * @description The recording, as a file part. The accepted containers depend on the gateway.
             */
            audio: Blob | File;
            /**
             * Model
             * @description Name of the speech recognition model on the Hugging Face hub, for example `openai/whisper-large-v3`. Empty selects the gateway's own model.
             * @default
             */
            model_id?: string;
            /**
             * Timestamps
             * @description Granularity of the chunks: `sentence`, `word`, `true` (the same as `sentence`) or `false` (no chunks).
             * @default true
             */
            return_timestamps?: string;
            /**
             * Metadata
             * @description A JSON object, as text, with more facts about the job for the pipeline.
             * @default {}
             */
            metadata?: string;
        };
        /**
         * Chunk
         * @description A sentence or a word, with its time in the recording.
         */
        Chunk: {
            /**
             * Timestamp
             * @description Start and end, in seconds from the beginning of the recording.
             */
            timestamp: unknown[];
            /**
             * Text
             * @description The words spoken in this time span.
             */
            text: string;
        };
        /**
         * TextResponse
         * @description The words spoken in the recording.
         */
        TextResponse: {
            /**
             * Text
             * @description The whole transcript.
             */
            text: string;
            /**
             * Chunks
             * @description The transcript in timed chunks, in order. Empty if the client requested no timestamps.
             */
            chunks: components["schemas"]["Chunk"][];
        };
        /**
         * APIError
         * @description The reason, as text.
         */
        APIError: {
            /**
             * Message
             * @description One human-readable sentence.
             */
            msg: string;
        };
        /**
         * HTTPError
         * @description The reason why the gateway rejected the request or failed.
         */
        HTTPError: {
            /** @description The reason. */
            detail: components["schemas"]["APIError"];
        };
        /**
         * ValidationError
         * @description One error in the request.
         */
        ValidationError: {
            /**
             * Location
             * @description Path to the error, outermost name first, for example `body`, `audio`.
             */
            loc: (string | number)[];
            /**
             * Message
             * @description One human-readable sentence.
             */
            msg: string;
            /**
             * Type
             * @description Stable, machine-readable name of this kind of error.
             */
            type: string;
        };
        /**
         * HTTPValidationError
         * @description The parts of the request that do not match the description.
         */
        HTTPValidationError: {
            /**
             * Detail
             * @description One entry for each error.
             */
            detail?: components["schemas"]["ValidationError"][];
        };
    };
    responses: {
        /** @description The transcript. */
        Transcript: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["TextResponse"];
            };
        };
        /** @description The gateway cannot process the request. For example, its metadata is not JSON, or this gateway does not run the model. */
        BadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["HTTPError"];
            };
        };
        /** @description The bearer token is missing or invalid. */
        Unauthorized: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["HTTPError"];
            };
        };
        /** @description The recording is larger than the gateway accepts. */
        ContentTooLarge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["HTTPError"];
            };
        };
        /** @description The body is not multipart/form-data, or the recording is in a format that the gateway cannot decode. */
        UnsupportedMediaType: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["HTTPError"];
            };
        };
        /** @description The fields of the request do not match the description, for example because the recording is missing. */
        UnprocessableContent: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["HTTPValidationError"];
            };
        };
        /** @description The pipeline failed. */
        InternalServerError: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["HTTPError"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    genAudioToText: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The recording and the options for its transcription. */
        requestBody: {
            content: {
                "multipart/form-data": components["schemas"]["Body_genAudioToText"];
            };
        };
        responses: {
            200: components["responses"]["Transcript"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            413: components["responses"]["ContentTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableContent"];
            500: components["responses"]["InternalServerError"];
        };
    };
}
