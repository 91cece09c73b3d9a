import { readRecoveryCode } from '../../core/identity/recovery-codes.ts'
import type { CustomerId } from '../../core/ids.ts'
import { Refusal, type RefusalCode } from '../../core/refusals.ts'

/** What proving takes to have opened. */
interface Proving {
  readonly proofs: {
    prove(email: string, password: string, code: string | undefined): Promise<'right' | 'wrong' | 'missing' | 'off'>
  }
  readonly codes: {
    recovery(customer: CustomerId, code: string): Promise<boolean>
    ofApp(customer: CustomerId, code: string, now: Date): Promise<boolean>
  }
}

interface Proof {
  readonly password: string
  /** Of the app, or a recovery code. */
  readonly code?: string | undefined
}

export const provingRefusals = ['password-wrong', 'second-factor-needed', 'code-invalid'] as const satisfies readonly RefusalCode[]

/**
 * The password once more, and where the account has a second factor a code of the app or a recovery code, before what a
 * session that was left open must not do. Refuses unless both are right; either code is used up by it.
 */
export async function proveAgain(
  { proofs, codes }: Proving,
  { customerId, email }: { readonly customerId: CustomerId; readonly email: string },
  { password, code }: Proof,
  now: Date,
): Promise<void> {
  const ofApp = code !== undefined && /^\d{6}$/.test(code) ? code : undefined
  switch (await proofs.prove(email, password, ofApp)) {
    case 'off':
      return
    case 'wrong':
      throw new Refusal('code-invalid')
    case 'right':
      if (ofApp === undefined || !(await codes.ofApp(customerId, ofApp, now))) throw new Refusal('code-invalid')
      return
    case 'missing': {
      if (code === undefined) throw new Refusal('second-factor-needed')
      const recovery = readRecoveryCode(code)
      if (recovery === undefined || !(await codes.recovery(customerId, recovery))) throw new Refusal('code-invalid')
    }
  }
}
