import type { InquiryKind } from '../../core/inquiries/inquiry.ts'
import type { Need } from '../../core/need.ts'
import { takeSolutions } from '../challenges.ts'
import { inquiriesPerAddress, inquiriesPerEmail, limitAttempts } from '../rates.ts'

/** What comes with a letter without an account, beside what it says. */
interface Arrival {
  readonly address: string
  readonly email: string
  /** What a field that nobody sees was filled with. */
  readonly website: string
  readonly challenge: string
  readonly solution: string
}

interface AdmitInquiries {
  /** Refuses who has had his share, or has not done the work. False for a program, which is to hear what a person would. */
  admit(kind: InquiryKind, arrival: Arrival, now: Date): Promise<boolean>
}

export const admitInquiries = {
  allow: [...limitAttempts.allow, ...takeSolutions.allow],
  open: () => {
    const [attempts, solutions] = [limitAttempts.open(), takeSolutions.open()]
    return {
      async admit(kind, { address, email, website, challenge, solution }, now) {
        await attempts.count(kind, [[address, inquiriesPerAddress]], now)
        if (website !== '') return false
        await solutions.take(challenge, solution, now)
        // Not before the work was done: nobody uses up the share of somebody else's email for nothing.
        await attempts.count(kind, [[email, inquiriesPerEmail]], now)
        return true
      },
    }
  },
} satisfies Need<AdmitInquiries>
