import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2'
import type { Need } from '../../core/need.ts'

export interface Mail {
  readonly to: string
  readonly subject: string
  readonly text: string
}

let client: SESv2Client | undefined

interface SendMail {
  send(mail: Mail): Promise<void>
}

export const sendMail = {
  allow: [{ on: 'mail' }],
  open: () => ({
    async send({ to, subject, text }) {
      client ??= new SESv2Client({})
      await client.send(
        new SendEmailCommand({
          FromEmailAddress: process.env['MAIL_FROM'],
          Destination: { ToAddresses: [to] },
          Content: { Simple: { Subject: { Data: subject }, Body: { Text: { Data: text } } } },
        }),
      )
    },
  }),
} satisfies Need<SendMail>
