import { Button } from '@mantine/core'
import { useState } from 'react'
import type { Answer } from '../../api.ts'
import { count } from '../../shared/amounts.ts'
import { useChange } from '../../shared/answers.ts'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { Moment } from '../../shared/moment.tsx'
import { Notice } from '../../shared/notice.tsx'
import { Facts } from '../../shared/order-facts.tsx'
import { useMay } from '../me.ts'
import { outcomeRows } from '../services/outcome-rows.tsx'
import { DeleteProvider } from './delete-provider.tsx'
import { EditProvider } from './edit-provider.tsx'
import { Finding, findingHelp } from './finding.tsx'
import { PauseProvider } from './pause-provider.tsx'
import { ReplaceKey } from './replace-key.tsx'
import { useTask } from './use-task.ts'

export type Provider = Answer<'GET /api/admin/providers/{providerId}'>

/** Where a provider is, whether it answers, and what can be done about it. */
export function ConnectionCard({ provider }: { readonly provider: Provider }) {
  const may = useMay()
  const [open, setOpen] = useState<'edit' | 'key' | undefined>()
  const close = (): void => setOpen(undefined)
  const { balance, status } = provider
  const usable = status !== 'closing'
  return (
    <section className="card provider-card" aria-label="Connection">
      <h2>Connection</h2>
      <Facts
        rows={[
          ['Address', <span key="url">{provider.url}</span>],
          [
            'Last answer',
            balance ? (
              <span key="answer" className="row wrap">
                <Finding finding={balance.finding} />
                <span className="faint tabular">
                  {count(balance.milliseconds)} ms · <Moment at={balance.askedAt} alone />
                </span>
              </span>
            ) : (
              'Not asked yet'
            ),
          ],
          ...outcomeRows(provider.outcomes),
          ['Key', 'Encrypted; it cannot be read back'],
          ['Added', <Moment key="added" at={provider.createdAt} alone start />],
        ]}
      />
      {usable && may('admin.test-provider') && <Test providerId={provider.providerId} />}
      {usable && (
        <div className="row wrap">
          {may('admin.edit-provider') && (
            <Button variant="default" onClick={() => setOpen('edit')}>
              Edit
            </Button>
          )}
          {may('admin.replace-provider-key') && (
            <Button variant="default" onClick={() => setOpen('key')}>
              Replace key
            </Button>
          )}
          {may('admin.set-provider-status') && <PauseProvider providerId={provider.providerId} status={status} />}
          {may('admin.delete-provider') && <DeleteProvider provider={provider} />}
        </div>
      )}
      {open === 'edit' && <EditProvider provider={provider} close={close} />}
      {open === 'key' && <ReplaceKey providerId={provider.providerId} close={close} />}
    </section>
  )
}

/** Asks for balance and catalogue, and says what came. */
function Test({ providerId }: { readonly providerId: string }) {
  const [taskId, setTaskId] = useState<string>()
  const test = useChange('POST /api/admin/providers/{providerId}/tests', (begun) => setTaskId(begun.taskId))
  const { data: task, over } = useTask(providerId, taskId)
  const found = over ? task?.found : undefined
  return (
    <div className="stack-tight">
      <div>
        <Button
          variant="default"
          loading={test.isPending || (taskId !== undefined && !over)}
          onClick={() => test.mutate({ path: { providerId } })}
        >
          Test the connection
        </Button>
      </div>
      {test.error && <FailureNotice failure={test.error} title="It was not tested" />}
      {over && !found && (
        <Notice tone="bad" title="The test came to nothing">
          Try it again.
        </Notice>
      )}
      {found && (
        <Notice tone={found.finding === 'works' ? 'good' : 'bad'} title={<Finding finding={found.finding} />}>
          <p>{findingHelp[found.finding]}</p>
          <p className="tabular">
            {found.balance !== undefined && `Balance ${found.balance} ${found.currency ?? ''}`}
            {found.balanceMilliseconds !== undefined && ` · ${count(found.balanceMilliseconds)} ms`}
            {found.services !== undefined && ` · ${count(found.services)} services in ${count(found.servicesMilliseconds ?? 0)} ms`}
          </p>
        </Notice>
      )}
    </div>
  )
}
