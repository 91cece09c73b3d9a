import { setTimeout as sleep } from 'node:timers/promises'

interface Mail {
  readonly destination: { readonly to: readonly string[] }
  readonly subject: string
  readonly body: { readonly text?: string }
}

/** The newest mail to somebody that has this in its text, waited for. Answers what the pattern's first group found. */
export async function mailed(mailboxUrl: string, to: string, pattern: RegExp): Promise<string> {
  for (let tries = 0; tries < 100; tries++) {
    const { emails } = (await (await fetch(`${mailboxUrl}/store`)).json()) as { emails: Mail[] }
    for (const mail of emails.toReversed()) {
      const [, found] = mail.destination.to.includes(to) ? (pattern.exec(mail.body.text ?? '') ?? []) : []
      if (found !== undefined) return found
    }
    await sleep(100)
  }
  throw new Error(`no mail to ${to} with ${pattern} came within ten seconds`)
}

export const sixDigits = /: (\d{6})\b/
