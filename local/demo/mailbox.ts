import { setTimeout as sleep } from 'node:timers/promises'

export interface Mail {
  readonly destination: { readonly to: readonly string[] }
  readonly subject: string
  readonly body: { readonly text?: string }
  readonly headers?: readonly { readonly name: string; readonly value: string }[]
  /** Seconds since 1970. */
  readonly at: number
}

const read = new Map<string, readonly Mail[]>()

/** Everything that lies in a mailbox, the oldest first. Hundreds do, so only what came since the last look is fetched. */
export async function mailsIn(mailboxUrl: string): Promise<readonly Mail[]> {
  const before = read.get(mailboxUrl) ?? []
  const since = before.at(-1)?.at ?? 0
  const { emails } = (await (await fetch(`${mailboxUrl}/store?since=${since}`)).json()) as { emails: Mail[] }
  const all = [...before.filter(({ at }) => at < since), ...emails]
  read.set(mailboxUrl, all)
  return all
}

/** The newest mail to somebody that has this in its text, waited for. Answers what the pattern's first group found. */
export async function mailed(mailboxUrl: string, to: string, pattern: RegExp): Promise<string> {
  for (let tries = 0; tries < 300; tries++) {
    for (const mail of (await mailsIn(mailboxUrl)).toReversed()) {
      const [, found] = mail.destination.to.includes(to) ? (pattern.exec(mail.body.text ?? '') ?? []) : []
      if (found !== undefined) return found
    }
    await sleep(100)
  }
  throw new Error(`no mail to ${to} with ${pattern} came within thirty seconds`)
}

export const sixDigits = /: (\d{6})\b/
