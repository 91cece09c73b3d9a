import type { ChangeKind } from '../catalogue/changes.ts'
import type { Language } from '../identity/preferences.ts'
import type { SuspensionReason } from '../identity/suspension.ts'
import type { KeyScope } from '../keys/scopes.ts'
import { de } from './de.ts'
import { en } from './en.ts'
import { es } from './es.ts'

/** A mail, ready to go. */
export interface Written {
  readonly subject: string
  readonly text: string
}

/** Who is addressed, and for which panel. */
interface Named {
  readonly name: string
  readonly panel: string
}

/** An API key, as its owner tells it from others. */
export interface OfKey extends Named {
  readonly key: string
  readonly prefix: string
  readonly scope: KeyScope
  /** How many addresses or networks it may be used from; 0 for anywhere. */
  readonly addresses: number
}

interface NewDevice extends Named {
  readonly device: string
  readonly at: string
  /** Missing where the session was ended before the mail was written. */
  readonly address: string | undefined
}

/** What the panel's mails say, in one language. */
export interface Words {
  readonly signUpAgain: (of: Named) => Written
  readonly passwordChanged: (of: Named) => Written
  readonly emailAsked: (of: Named & { readonly to: string }) => Written
  readonly emailCode: (of: Pick<Named, 'panel'> & { readonly code: string }) => Written
  readonly emailTaken: (of: Named) => Written
  readonly emailChanged: (of: Named & { readonly to: string }) => Written
  readonly secondFactorOn: (of: Named) => Written
  readonly secondFactorOff: (of: Named) => Written
  readonly recoveryUsed: (of: Named) => Written
  readonly recoveryCodesNew: (of: Named) => Written
  readonly archiveReady: (of: Named) => Written
  readonly accountClosed: (of: Named & { readonly at: string }) => Written
  readonly accountSuspended: (of: Named & { readonly reason: SuspensionReason | undefined }) => Written
  readonly accountKept: (of: Named) => Written
  readonly newDevice: (of: NewDevice) => Written
  readonly ticketAnswered: (of: Named & { readonly ticket: number }) => Written
  readonly inquiryAnswered: (of: Named & { readonly subject: string; readonly text: string }) => Written
  readonly keyMade: (of: OfKey) => Written
  readonly keyRotated: (of: OfKey) => Written
  readonly keyWidened: (of: OfKey) => Written
  readonly policyNew: (of: Named & PolicyNews) => Written
  readonly policyBinds: (of: Named & PolicyNews & { readonly from: string }) => Written
  readonly announced: (of: Named & { readonly title: string; readonly text: string; readonly optOut: string }) => Written
  readonly changesOf: (of: Named & { readonly day: string; readonly lines: readonly string[]; readonly optOut: string }) => Written
  /** What became of a service's price, before its name. */
  readonly change: Readonly<Record<ChangeKind, string>>
}

/** A version of the policy, what changed with it, and where it can be read. */
interface PolicyNews {
  readonly version: number
  readonly changes: readonly string[]
  readonly address: string
}

export const words: Readonly<Record<Language, Words>> = { en, de, es }
