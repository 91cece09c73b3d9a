import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2'
import type { Need } from '../../core/need.ts'

export interface Mail {
  readonly to: string
  readonly subject: string
  readonly text: string
}

let client: SESv2Client | undefined

interface SendMail {
  /** False when the operator has set no sender: a panel without mail sends none, and fails at nothing for it. */
  send(mail: Mail): Promise<boolean>
}

export const sendMail = {
  allow: [{ on: 'mail' }],
  open: () => ({
    async send({ to, subject, text }) {
      const from = process.env['MAIL_FROM']
      if (!from) return false
      client ??= new SESv2Client({})
      await client.send(
        new SendEmailCommand({
          FromEmailAddress: from,
          Destination: { ToAddresses: [to] },
          Content: { Simple: { Subject: { Data: subject }, Body: { Text: { Data: text } } } },
        }),
      )
      return true
    },
  }),
} satisfies Need<SendMail>
