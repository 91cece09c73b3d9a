import {
  AliasExistsException,
  CodeMismatchException,
  ExpiredCodeException,
  InvalidParameterException,
  InvalidPasswordException,
  LimitExceededException,
  NotAuthorizedException,
  TooManyFailedAttemptsException,
  TooManyRequestsException,
  UserNotFoundException,
} from '@aws-sdk/client-cognito-identity-provider'
import { Refusal } from '../../core/refusals.ts'

/** False when the code, or who it is for, is not right. */
export async function taken(ask: () => Promise<void>): Promise<boolean> {
  try {
    await ask()
    return true
  } catch (error) {
    if (
      isWrong(error) ||
      error instanceof CodeMismatchException ||
      error instanceof ExpiredCodeException ||
      error instanceof AliasExistsException
    )
      return false
    if (error instanceof InvalidPasswordException) throw new Refusal('password-too-weak')
    throw busy(error)
  }
}

/** Whether the account exists must not be told by the answer. */
export async function silently(ask: () => Promise<void>): Promise<void> {
  try {
    await ask()
  } catch (error) {
    if (!(isWrong(error) || error instanceof InvalidParameterException || error instanceof LimitExceededException))
      throw busy(error)
  }
}

export const isWrong = (error: unknown): boolean =>
  error instanceof NotAuthorizedException || error instanceof UserNotFoundException

export const busy = (error: unknown): unknown =>
  error instanceof TooManyRequestsException ||
  error instanceof LimitExceededException ||
  error instanceof TooManyFailedAttemptsException
    ? new Refusal('too-many-requests')
    : error
