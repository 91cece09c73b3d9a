import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useChange } from '../../shared/answers.ts'
import { MemoDialog } from '../../shared/memo-dialog.tsx'

export function DeleteProvider({ provider }: { readonly provider: { readonly providerId: string; readonly name: string } }) {
  const answers = useQueryClient()
  const [asking, setAsking] = useState(false)
  const { mutate, isPending, error } = useChange('POST /api/admin/providers/{providerId}/deletion', () => {
    setAsking(false)
    void answers.invalidateQueries()
  })
  return (
    <>
      <Button variant="subtle" color="red" onClick={() => setAsking(true)}>
        Delete
      </Button>
      <MemoDialog
        opened={asking}
        title={`Delete ${provider.name}?`}
        verb="Delete provider"
        grave
        busy={isPending}
        failure={error ?? undefined}
        close={() => setAsking(false)}
        go={(memo) => mutate({ path: { providerId: provider.providerId }, body: { memo } })}
      >
        Its services go out of sale at once, and its key is destroyed some minutes later; neither can be undone. Orders that it
        completed keep their record, but are no longer asked about. While it has open orders it is not deleted.
      </MemoDialog>
    </>
  )
}
