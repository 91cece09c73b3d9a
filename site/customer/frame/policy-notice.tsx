import './policy-notice.css'
import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { keyOf, useAnswer, useChange } from '../../shared/answers.ts'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { Moment } from '../../shared/moment.tsx'
import { Notice } from '../../shared/notice.tsx'
import { useNow } from '../../shared/use-now.ts'

/** Tells of a version of the policy that was not accepted yet: what changed, and what depends on it. */
export function PolicyNotice() {
  const answers = useQueryClient()
  const policy = useAnswer('GET /api/me/policy', {}, { staleMilliseconds: 60_000 })
  const accept = useChange('POST /api/me/policy', () => answers.invalidateQueries({ queryKey: keyOf('GET /api/me/policy') }))
  const now = useNow()
  if (!policy.data) return null
  const { version, changes, bindsFrom, accepted } = policy.data
  if ((accepted[0]?.version ?? 0) >= version) return null
  const asked = bindsFrom !== undefined && Date.parse(bindsFrom) <= now.getTime()
  return (
    <div className="policy-notice">
      <Notice
        tone={asked ? 'warn' : 'info'}
        title={asked ? 'Accept the new terms to go on ordering' : 'The terms and policies have changed'}
        actions={
          <Button size="compact-md" loading={accept.isPending} onClick={() => accept.mutate({ body: { version } })}>
            Accept version {version}
          </Button>
        }
      >
        <p>
          {changes.length > 0 && `What changed: ${changes.join(' · ')}. `}
          Read the <Link to="/terms">terms</Link>, the <Link to="/privacy">privacy policy</Link> and the page on{' '}
          <Link to="/cookies">cookies</Link>.{' '}
          {bindsFrom &&
            (asked ? (
              'Until then nothing is ordered, by API neither. Orders under way go on, and your balance is kept.'
            ) : (
              <>
                From <Moment at={bindsFrom} alone /> on nothing is ordered without it, by API neither.
              </>
            ))}
        </p>
        {accept.error && <FailureNotice failure={accept.error} title="Your agreement was not recorded" />}
      </Notice>
    </div>
  )
}
