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
         * @description Transcribes the uploaded recording. The answer holds the whole text and, unless `return_timestamps` is `false`, the same text in timed chunks.
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
         * Audio-to-text request
         * @description A recording, and how to transcribe it.
         */
        Body_genAudioToText: {
            /**
             * Audio
             * Format: binary
             * @description The recording, as a file part. Which containers are accepted is up to the gateway.
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
             * @description How finely the chunks are timed: `sentence`, `word`, `true` (the same as `sentence`) or `false` (no chunks).
             * @default true
             */
            return_timestamps?: string;
            /**
             * Metadata
             * @description A JSON object, as text, with further facts about the job for the pipeline.
             * @default {}
             */
            metadata?: string;
        };
        /**
         * Chunk
         * @description A sentence or a word, and when it was said.
         */
        Chunk: {
            /**
             * Timestamp
             * @description Start and end, in seconds from the beginning of the recording.
             */
            timestamp: unknown[];
            /**
             * Text
             * @description What was said in this span.
             */
            text: string;
        };
        /**
         * Transcript
         * @description What was said in the recording.
         */
        TextResponse: {
            /**
             * Text
             * @description The whole transcript.
             */
            text: string;
            /**
             * Chunks
             * @description The transcript in timed chunks, in order. Empty when no timestamps were asked for.
             */
            chunks: components["schemas"]["Chunk"][];
        };
        /**
         * Error detail
         * @description A reason, in words.
         */
        APIError: {
            /**
             * Message
             * @description One sentence for a person to read.
             */
            msg: string;
        };
        /**
         * Error
         * @description Why the request was refused or failed.
         */
        HTTPError: {
            /** @description The reason. */
            detail: components["schemas"]["APIError"];
        };
        /**
         * Validation issue
         * @description One thing that is wrong with the request.
         */
        ValidationError: {
            /**
             * Location
             * @description The path to it, outermost first, for example `body`, `audio`.
             */
            loc: (string | number)[];
            /**
             * Message
             * @description One sentence for a person to read.
             */
            msg: string;
            /**
             * Type
             * @description A stable word for this kind of mistake, for programs to compare.
             */
            type: string;
        };
        /**
         * Validation error
         * @description Which parts of the request do not fit the description.
         */
        HTTPValidationError: {
            /**
             * Detail
             * @description One entry for each thing that is wrong.
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
        /** @description The request cannot be carried out as it stands, for example because its metadata is not JSON or it names a model that this gateway does not run. */
        BadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["HTTPError"];
            };
        };
        /** @description The bearer token is missing or not accepted. */
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
        /** @description The fields of the request do not fit the description, for example because the recording is missing. */
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
        /** @description The recording and how to transcribe it. */
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
