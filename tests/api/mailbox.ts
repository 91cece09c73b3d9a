import { at, until } from './people.ts'

export interface GotMail {
  readonly subject: string
  readonly text: string
}

/** What somebody has got, the oldest first. */
export async function mailsTo(email: string): Promise<GotMail[]> {
  const { emails } = (await (await fetch(`${at.mailbox}/store`)).json()) as {
    emails: { destination: { to: string[] }; subject: string; body: { text: string } }[]
  }
  return emails.filter((mail) => mail.destination.to.includes(email)).map(({ subject, body }) => ({ subject, text: body.text }))
}

/** The newest mail to somebody with this subject, waited for; the n-th of them, where there are to be several. */
export const mailAbout = (email: string, subject: RegExp, number = 1): Promise<GotMail> =>
  until(
    async () => (await mailsTo(email)).filter((mail) => subject.test(mail.subject))[number - 1],
    `mail number ${number} about ${subject}`,
  )
