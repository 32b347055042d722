export const usage = `\
Usage: livepeer-ai-transcribe RECORDING... (--gateway NAME | --url URL) [options]

Transcribes recordings with a Livepeer AI gateway. A RECORDING is a file, a folder,
a quoted pattern such as 'talks/*.mp3', or - for standard input.

  --gateway NAME   a known gateway, for example livepeer-studio;
                   an unknown name prints all names
  --url URL        base URL of the gateway         (default: that of --gateway,
                                                   or else LIVEPEER_AI_URL)
  --token TOKEN    bearer token                    (default: LIVEPEER_AI_TOKEN)
  --model ID       speech recognition model        (default: that of the gateway)
  --format FORMAT  text, srt, vtt or json          (default: text)
  --words          time each word instead of each sentence
  -j, --jobs N     recordings at a time            (default: 1)
  -o, --output     output file, or a folder for one file per recording
                                                   (default: standard output)
  -h, --help       print this text

Exit codes: 0 all recordings were transcribed, 1 at least one was not, 2 wrong usage,
130 interrupted by Ctrl-C; finished transcripts are written then.`
