import { Textarea, TextInput } from '@mantine/core'
import type { KeyScope } from '../../../core/keys/scopes.ts'
import type { Failure } from '../../failure.ts'
import { Choices } from '../../shared/choices.tsx'
import { scopeWords } from './key-words.ts'

export interface KeyDraft {
  readonly name: string
  readonly scope: KeyScope
  /** As typed: one a line. */
  readonly addresses: string
}

/** The lines that say something. */
export const linesOf = ({ addresses }: KeyDraft): string[] =>
  addresses
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

interface KeyFieldsProps {
  readonly draft: KeyDraft
  readonly change: (draft: KeyDraft) => void
  readonly failure: Failure | undefined
}

/** What the owner of a key decides about it. */
export function KeyFields({ draft, change, failure }: KeyFieldsProps) {
  const wrong = failure?.code === 'addresses-invalid' ? failure.detail['lines'] : undefined
  return (
    <>
      <TextInput
        label="Name"
        description="What it is for, e.g. shop robot"
        maxLength={60}
        autoComplete="off"
        data-autofocus
        value={draft.name}
        onChange={(event) => change({ ...draft, name: event.currentTarget.value })}
      />
      <Choices
        label="What it may do"
        names={(['all', 'order', 'read'] as const).map((scope) => [scope, scopeWords[scope].word, scopeWords[scope].words])}
        chosen={draft.scope}
        choose={(scope) => change({ ...draft, scope })}
      />
      <Textarea
        label="Where it may be used from"
        description="IPv4 or IPv6 addresses or networks, one a line, at most 20. Empty for anywhere."
        placeholder={'198.51.100.7\n2001:db8::/48'}
        rows={3}
        autosize={false}
        spellCheck={false}
        autoComplete="off"
        value={draft.addresses}
        onChange={(event) => change({ ...draft, addresses: event.currentTarget.value })}
        error={
          Array.isArray(wrong)
            ? `${wrong.length === 1 ? 'Line' : 'Lines'} ${wrong.join(', ')}: no address or network, or everybody’s`
            : undefined
        }
      />
    </>
  )
}
