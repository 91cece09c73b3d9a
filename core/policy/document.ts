/** A paragraph, a list, or a table. `**…**` stands out. */
export type Block = string | readonly string[] | { readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] }

export interface Section {
  readonly heading: string
  readonly body: readonly Block[]
}

export const documentNames = ['terms', 'privacy', 'cookies'] as const
export type DocumentName = (typeof documentNames)[number]

/** A document as it is published: a deployment's own, with nothing left to be filled in. */
export interface PolicyDocument {
  readonly name: DocumentName
  readonly title: string
  readonly sections: readonly Section[]
}

/** What a deployment's texts are filled with: its settings, and nothing written by hand. */
export interface PolicyFacts {
  readonly panelName: string
  readonly currency: string
  readonly operator: Operator
  readonly retention: RetentionSettings
  /** Within how many days a privacy request is dealt with. */
  readonly privacyRequestDays: number
}

/** Who runs the panel, as its policy names them. */
export interface Operator {
  readonly name: string
  /** On one line. */
  readonly address: string
  readonly email: string
  /** Whose law applies. */
  readonly country: string
}

/** What the operator decided of how long things are kept; the code that keeps them reads the same. */
export interface RetentionSettings {
  /** Entries of the access log. */
  readonly accessLogDays: number
  /** A closed account's personal data. */
  readonly closedAccountDays: number
  /** Its transaction records, after that. */
  readonly transactionRecordYears: number
  /** What somebody entered to sign up who never signed in. */
  readonly unfinishedSignUpDays: number
}
