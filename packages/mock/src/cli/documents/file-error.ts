/** Thrown when a file of the command line cannot be read or written. */
export class FileError extends Error {}
