import { Textarea } from '@mantine/core'
import { type SlipKind, slipsIn } from '../../../core/privacy/slips.ts'
import { Notice } from '../notice.tsx'

const names: Readonly<Record<SlipKind, string>> = {
  password: 'a password',
  'api-key': 'an API key',
  card: 'a card number',
  'bank-account': 'a bank account',
}

interface TextFieldProps {
  readonly label: string
  readonly description?: string
  readonly value: string
  readonly change: (text: string) => void
  readonly rows?: number
  readonly most?: number
  readonly placeholder?: string
}

/** Free text to somebody. What nobody should send is warned of while it can still be taken out. */
export function TextField({ label, description, value, change, rows = 5, most = 4_000, placeholder }: TextFieldProps) {
  return (
    <div className="stack-tight">
      <Textarea
        label={label}
        {...(description ? { description } : {})}
        {...(placeholder ? { placeholder } : {})}
        rows={rows}
        autosize
        minRows={rows}
        maxRows={16}
        maxLength={most}
        value={value}
        onChange={(event) => change(event.currentTarget.value)}
      />
      <SlipWarning texts={[value]} />
    </div>
  )
}

/** Nothing where nothing slipped in. */
export const SlipWarning = ({ texts }: { readonly texts: readonly string[] }) => (
  <SlipNotice found={texts.flatMap((text) => slipsIn(text).map(({ kind }) => kind))} />
)

/** The same of what was found already. */
export function SlipNotice({ found }: { readonly found: readonly SlipKind[] }) {
  const kinds = [...new Set(found)]
  if (kinds.length === 0) return null
  return (
    <Notice tone="warn" title={`This looks like ${kinds.map((kind) => names[kind]).join(' and ')}`}>
      Nobody here needs it, and nobody will ask for it. Take it out; if you send it, it is removed before anybody reads it.
    </Notice>
  )
}
