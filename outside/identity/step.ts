import { createHmac, timingSafeEqual } from 'node:crypto'
import {
  CodeMismatchException,
  EnableSoftwareTokenMFAException,
  ExpiredCodeException,
  InvalidPasswordException,
  NotAuthorizedException,
  RespondToAuthChallengeCommand,
  type RespondToAuthChallengeCommandInput,
} from '@aws-sdk/client-cognito-identity-provider'
import { Refusal } from '../../core/refusals.ts'
import { cognito, type Pool, secretHash } from './pool.ts'

/** A sign-in under way: what the pool wants next, and the thread by which it remembers this sign-in. */
export interface Step<Next extends string> {
  readonly next: Next
  readonly thread: string
  readonly username: string
  /** Says that the panel itself wrote the rest: who holds a step cannot make it another's. */
  readonly seal: string
}

/** Keyed by the client's secret, which nobody outside has. */
export async function sealed<Next extends string>(
  pool: Pool,
  { next, thread, username }: Omit<Step<Next>, 'seal'>,
): Promise<Step<Next>> {
  const seal = createHmac('sha256', await pool.secret())
    .update(JSON.stringify(['step', next, thread, username]))
    .digest('base64url')
  return { next, thread, username, seal }
}

/** The step as it was given out; refuses one that was written by anybody else. */
export async function genuine<Next extends string>(pool: Pool, step: Step<Next>): Promise<Step<Next>> {
  const expected = Buffer.from((await sealed(pool, step)).seal)
  const given = Buffer.from(step.seal)
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw new Refusal('sign-in-expired')
  return step
}

/** Answers what the pool asked for. */
export async function respond(
  pool: Pool,
  step: Pick<Step<string>, 'thread' | 'username'>,
  ChallengeName: NonNullable<RespondToAuthChallengeCommandInput['ChallengeName']>,
  answers: Record<string, string>,
) {
  const identified = { USERNAME: step.username, SECRET_HASH: await secretHash(pool, step.username) }
  return inTime(() =>
    cognito().send(
      new RespondToAuthChallengeCommand({
        ClientId: pool.clientId,
        ChallengeName,
        Session: step.thread,
        ChallengeResponses: { ...identified, ...answers },
      }),
    ),
  )
}

/** The pool forgets a sign-in after three minutes. */
export async function inTime<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    if (error instanceof InvalidPasswordException) throw new Refusal('password-too-weak')
    if (error instanceof NotAuthorizedException) throw new Refusal('sign-in-expired')
    throw error
  }
}

/** Whether the app's code was wrong, too old, or used before. */
export const isWrongCode = (error: unknown): boolean =>
  error instanceof CodeMismatchException ||
  error instanceof ExpiredCodeException ||
  error instanceof EnableSoftwareTokenMFAException
