import { mailsIn } from '../../local/demo/mailbox.ts'
import { at, until } from './people.ts'

export interface GotMail {
  readonly subject: string
  readonly text: string
  readonly headers: readonly { readonly name: string; readonly value: string }[]
}

/** What somebody has got, the oldest first. */
export async function mailsTo(email: string): Promise<GotMail[]> {
  const mails = (await mailsIn(at.mailbox)).filter((mail) => mail.destination.to.includes(email))
  return mails.map(({ subject, body, headers = [] }) => ({ subject, text: body.text ?? '', headers }))
}

/** The newest mail to somebody with this subject, waited for; the n-th of them, where there are to be several. */
export const mailAbout = (email: string, subject: RegExp, number = 1): Promise<GotMail> =>
  until(
    async () => (await mailsTo(email)).filter((mail) => subject.test(mail.subject))[number - 1],
    `mail number ${number} about ${subject}`,
  )
