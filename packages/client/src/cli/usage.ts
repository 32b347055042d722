/** The command line makes no sense. */
export class UsageError extends Error {}

export const usage = `\
Usage: livepeer-ai-transcribe FILE... (--gateway NAME | --url URL) [options]

Transcribes recordings with a Livepeer AI gateway.

  --gateway NAME   the gateway, and what is known about it, such as
                   livepeer-studio; a wrong name lists all
  --url URL        its address                     (default: its own with --gateway,
                                                   or else LIVEPEER_AI_URL)
  --token TOKEN    its bearer token                (or LIVEPEER_AI_TOKEN)
  --model ID       speech recognition model        (default: the gateway's own)
  --format FORMAT  text, srt, vtt or json          (default: text)
  --words          time words instead of sentences
  -o, --output     file to write to, or a folder for one file each
                                                   (default: standard output)
  -h, --help       print this text

Exit status: 0 everything was transcribed, 1 something was not, 2 wrong usage.`
