import { defaultMaxBytes } from '@livepeer-ai/openapi'
import { gateways } from '@livepeer-ai/openapi/gateways'

const gatewayNames = Object.values(gateways)
  .map(({ name, aliases }) => [name, ...aliases].join(' or '))
  .join(', ')

export const usage: string = `Usage: livepeer-ai-mock [options]

Mock server: responds with the examples of an OpenAPI description.

  --port N           Default: 4010; 0: any free port.
  --host HOST        Default: 127.0.0.1. Any other address also opens /__mock to other machines.
  --cors ORIGIN      Origin of pages that may send requests, or \`*\`. Repeatable. Default: any origin, but
                     only those of this machine for /__mock.
  --token TOKEN      Accepted bearer token; default: LIVEPEER_AI_TOKEN, or any token.
  --max-bytes N      Size limit of a file in bytes; default: ${defaultMaxBytes}, or the limit of the gateway.
  --spec SOURCE      File or URL of an OpenAPI 3.0, 3.1 or 3.2 or Swagger 2.0 description, in JSON or YAML;
                     default: audio-to-text.
  --gateway NAME     Imitates a gateway with all its deviations: ${gatewayNames}.
  --state NAME       State of that gateway, for example no-orchestrator. Repeatable. Requires --gateway.
  --defect NAME      Adds a named defect. Repeatable. \`--defect list\` prints all defects.
  --dynamic          Generates responses instead of using the examples.
  --seed TEXT        Like --dynamic; the same seed and request give the same response.
  --ignore-examples  Generates responses from the schemas; the same request gets the same response.
  --errors           Answers with a 500 where a response would not fit the description.
  --callbacks        Sends the callbacks of the description to the URLs that requests name.
  --record DIR       Forwards calls to --upstream URL and writes each exchange to DIR, as HAR without secrets.
  --upstream URL     Base URL of the server to forward calls to. Requires --record.
  --replay DIR       Answers from the recordings in DIR only.
  --watch            Reloads the file of --spec when it changes. Ignores a broken one.
  --ready-file F     Writes the URL to F when the server is ready. Removes F at the end.
  --verbose          Lists all operations at the start.
  --log FORMAT       text (default): unusual events; json: all events and calls, one per line.
  --version          Prints the versions of this program and of Prism, its engine.
  --help, -h         Prints this text.

Exit codes: 0 stopped by a signal, 1 cannot start, 2 wrong usage.
`
