import { TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { keyOf, useChange } from '../../shared/answers.ts'
import { MemoDialog } from '../../shared/memo-dialog.tsx'

interface BlockDialogProps {
  readonly link: string
  readonly inquiryId?: string
  readonly close: () => void
  /** With what was given as the proof. */
  readonly blocked?: (memo: string) => void
}

/** Blocks a target, with how it was shown who owns it. */
export function BlockDialog({ link, inquiryId, close, blocked }: BlockDialogProps) {
  const [typed, setTyped] = useState(link)
  const navigate = useNavigate()
  const answers = useQueryClient()
  const block = useChange('POST /api/admin/blocked-targets', ({ blockId }, { body }) => {
    void answers.invalidateQueries({ queryKey: keyOf('GET /api/admin/blocked-targets').slice(0, 1) })
    blocked?.(body.memo)
    void navigate({ to: '/blocked/$blockId', params: { blockId } })
  })
  return (
    <MemoDialog
      opened
      title="Take no orders for this target?"
      verb="Block it"
      grave
      label="How it was shown who owns it"
      busy={block.isPending}
      unready={typed.trim() === ''}
      failure={block.error ?? undefined}
      close={close}
      go={(memo) => block.mutate({ body: { link: typed, memo, ...(inquiryId ? { inquiryId } : {}) } })}
    >
      <div className="stack">
        <p>
          New orders for it and for what lies under it are refused. Those that wait are called off and paid back now; those under
          way are listed next, to be stopped one by one.
        </p>
        <TextInput label="Link" value={typed} maxLength={2_000} onChange={(event) => setTyped(event.currentTarget.value)} />
      </div>
    </MemoDialog>
  )
}
