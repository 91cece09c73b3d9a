import { Button } from '@mantine/core'
import { use, useState } from 'react'
import type { Answer } from '../../api.ts'
import { type Failure, failureFrom } from '../../failure.ts'
import { CallContext } from '../../shared/answers.ts'
import { FailureNotice } from '../../shared/failure-notice.tsx'

interface TakeDisclosureProps {
  readonly customerId: string
  readonly disclosure: Answer<'GET /api/admin/customers/{customerId}/disclosures'>['rows'][number]
}

/** Saves exactly what was handed over, as a file. */
export function TakeDisclosure({ customerId, disclosure: { disclosureId, authority, sha256 } }: TakeDisclosureProps) {
  const call = use(CallContext)
  const [failure, setFailure] = useState<Failure>()
  const save = async (): Promise<void> => {
    setFailure(undefined)
    try {
      const { text } = await call('GET /api/admin/customers/{customerId}/disclosures/{disclosureId}', {
        path: { customerId, disclosureId },
      })
      const address = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
      const link = document.createElement('a')
      link.href = address
      link.download = `disclosure-${sha256.slice(0, 12)}.json`
      link.click()
      URL.revokeObjectURL(address)
    } catch (error) {
      setFailure(failureFrom(error))
    }
  }
  return (
    <div>
      <Button size="xs" variant="default" aria-label={`Save what ${authority} was given`} onClick={() => void save()}>
        Save the file
      </Button>
      {failure && <FailureNotice failure={failure} title="It could not be read" />}
    </div>
  )
}
