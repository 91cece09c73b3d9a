import './page.css'
import { Button } from '@mantine/core'
import { IconListSearch } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useChange } from '../../../shared/answers.ts'
import { Bones } from '../../../shared/bones.tsx'
import { FailureNotice } from '../../../shared/failure-notice.tsx'
import { Moment } from '../../../shared/moment.tsx'
import { Nothing } from '../../../shared/nothing.tsx'
import { Notice } from '../../../shared/notice.tsx'
import { useTitle } from '../../../shared/title.ts'
import { useProviders } from '../../orders/use-providers.ts'
import { findingHelp } from '../finding.tsx'
import { useTask } from '../use-task.ts'
import { ChooseAndImport } from './choose-and-import.tsx'
import { useOffer } from './use-offer.ts'

/** A provider's catalogue beside ours: fetched, looked through, chosen from, and taken over with a mark-up. */
export function ImportPage({ providerId }: { readonly providerId: string }) {
  const provider = useProviders().byId.get(providerId)
  const offer = useOffer(providerId)
  const [taskId, setTaskId] = useState<string>()
  const fetching = useChange('POST /api/admin/providers/{providerId}/offer', (begun) => setTaskId(begun.taskId))
  const { data: task, over } = useTask(providerId, taskId)
  useTitle(`Import · ${provider?.name ?? 'Providers'}`, 'Console')
  const busy = fetching.isPending || (taskId !== undefined && !over)
  const start = (): void => fetching.mutate({ path: { providerId } })
  const missing = offer.error?.code === 'offer-not-found' && !offer.data
  return (
    <>
      <div className="page-head wrap">
        <h1>Import services</h1>
        <Link to="/providers/$providerId" params={{ providerId }}>
          {provider?.name ?? 'Provider'}
        </Link>
        {offer.data && (
          <span className="row push">
            <span className="faint small">
              Fetched <Moment at={offer.data.fetchedAt} alone />
            </span>
            <Button variant="default" onClick={start} loading={busy}>
              Fetch anew
            </Button>
          </span>
        )}
      </div>
      {fetching.error && <FailureNotice failure={fetching.error} title="It was not fetched" />}
      {task?.state === 'failed' && (
        <Notice tone="bad" title="The catalogue could not be fetched">
          {task.found ? findingHelp[task.found.finding] : 'Try it again.'}
        </Notice>
      )}
      {missing && (
        <section className="card" aria-label="Catalogue">
          <Nothing
            icon={IconListSearch}
            title="Its catalogue was not fetched yet"
            action={
              <Button onClick={start} loading={busy}>
                Fetch its catalogue
              </Button>
            }
          >
            It is shown beside yours: what is new, what changed, what it costs. Nothing is sold by looking.
          </Nothing>
        </section>
      )}
      {offer.error && !missing && !offer.data && (
        <FailureNotice failure={offer.error} title="The catalogue could not be read" retry={() => void offer.refetch()} />
      )}
      {offer.isPending && (
        <div className="card">
          <Bones rows={10} />
        </div>
      )}
      {offer.data && <ChooseAndImport key={offer.data.offerId} providerId={providerId} offer={offer.data} />}
    </>
  )
}
