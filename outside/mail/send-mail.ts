import { BadRequestException, MessageRejected, SESv2Client, SESv2ServiceException, SendEmailCommand } from '@aws-sdk/client-sesv2'
import type { Need } from '../../core/need.ts'

export interface Mail {
  readonly to: string
  readonly subject: string
  readonly text: string
  /** Where one click stops mails like this one (RFC 8058): an https address that takes a POST. */
  readonly oneClick?: string
}

let client: SESv2Client | undefined

interface SendMail {
  /** False when the operator has set no sender: a panel without mail sends none, and fails at nothing for it. */
  send(mail: Mail): Promise<boolean>
}

export const sendMail = {
  allow: [{ on: 'mail' }],
  open: () => ({
    async send({ to, subject, text, oneClick }) {
      const from = process.env['MAIL_FROM']
      if (!from) return false
      client ??= new SESv2Client({})
      await client.send(
        new SendEmailCommand({
          FromEmailAddress: from,
          Destination: { ToAddresses: [to] },
          Content: {
            Simple: {
              Subject: { Data: subject },
              Body: { Text: { Data: text } },
              ...(oneClick
                ? {
                    Headers: [
                      { Name: 'List-Unsubscribe', Value: `<${oneClick}>` },
                      { Name: 'List-Unsubscribe-Post', Value: 'List-Unsubscribe=One-Click' },
                    ],
                  }
                : {}),
            },
          },
        }),
      )
      return true
    },
  }),
} satisfies Need<SendMail>

/** Whether the service said that it did not take the mail; anything else may have been taken. */
export const wasNotTaken = (error: unknown): boolean =>
  error instanceof SESv2ServiceException && (error.$metadata.httpStatusCode ?? 500) < 500

/**
 * Whether the service will not take this mail later either: the address is none, or nobody may write to it. The same errors can
 * mean the sender, and then everybody is refused; only one of them says so.
 */
export const isRefusedForGood = (error: unknown): boolean =>
  error instanceof BadRequestException || (error instanceof MessageRejected && !isOfTheSender.test(error.message))

/** The sender is not verified, or the account is in the sandbox, where every recipient has to be. */
const isOfTheSender = /not verified/i

/** The service's own mailbox: it takes what the service takes for anybody, and counts for no quota and no reputation. */
export const takesAll = 'success@simulator.amazonses.com'
