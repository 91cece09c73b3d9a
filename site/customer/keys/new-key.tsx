import { Button } from '@mantine/core'
import { CopyButton } from '../../shared/copy-button.tsx'
import { Notice } from '../../shared/notice.tsx'
import type { CreatedKey } from './page.tsx'

/** The one time a key is shown: only its hash is kept. */
export function NewKey({ created, done }: { readonly created: CreatedKey; readonly done: () => void }) {
  return (
    <Notice
      tone="warn"
      title={`Copy the key “${created.name}” now. It is not shown again.`}
      actions={
        <Button size="xs" variant="default" onClick={done}>
          I have kept it
        </Button>
      }
    >
      <p>
        {created.scope === 'read' ? 'Whoever has it can read your orders and balance.' : 'Whoever has it can spend your balance.'}{' '}
        We keep a fingerprint of it only: nobody can read it back, not even staff.
      </p>
      <p className="secret">
        <code data-testid="new-key">{created.key}</code>
        <CopyButton text={created.key} label="Copy the key" words />
      </p>
    </Notice>
  )
}
