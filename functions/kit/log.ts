import { Logger } from '@aws-lambda-powertools/logger'

let logger: Logger | undefined

/** One line a call, within 1 KB, and nothing personal or secret in it (P-LOG-4): names, codes, counts, references. */
export interface LogLine {
  readonly operation: string
  readonly outcome: 'done' | 'refused' | 'fault'
  readonly reference: string
  readonly milliseconds: number
  readonly code?: string
  readonly count?: number
}

const log = (): Logger => {
  logger ??= new Logger()
  return logger
}

export const logOutcome = (line: LogLine): void => log().info(line.outcome, { ...line })

/** A fault is ours: its cause goes to the log, and the caller gets the reference. */
export const logFault = (line: LogLine, cause: unknown): void => log().error(line.outcome, { ...line, cause: causeOf(cause) })

export const logWarning = (message: string, detail: Readonly<Record<string, string | number>>): void => log().warn(message, detail)

/** What must never happen, and wakes somebody when it does: an alarm counts these messages. */
export const logAlarm = (message: 'ledger rewritten', detail: Readonly<Record<string, number>>): void =>
  log().critical(message, detail)

/**
 * The name and the stack of an error, without its message where others may have put what they were given into it: only
 * errors of our own code, which never hold anything personal, keep their words.
 */
function causeOf(cause: unknown): Readonly<Record<string, unknown>> {
  if (!(cause instanceof Error)) return { name: typeof cause }
  const ours = cause.constructor === Error
  const stack = (cause.stack ?? '')
    .split('\n')
    .filter((line) => line.trim().startsWith('at '))
    .slice(0, 6)
    .map((line) => line.trim())
  return { name: cause.name, ...(ours ? { message: cause.message.slice(0, 200) } : {}), stack: stack.join(' | ').slice(0, 600) }
}
