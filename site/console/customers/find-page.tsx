import './page.css'
import { Button, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useChange } from '../../shared/answers.ts'
import { Entrance } from '../../shared/entrance.tsx'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { Notice } from '../../shared/notice.tsx'
import { useTitle } from '../../shared/title.ts'
import { useAutofocus } from '../../shared/use-autofocus.ts'
import { customerMeantBy } from './meant.ts'

const titles: Readonly<Record<string, string>> = {
  'customer-not-found': 'No customer has this',
  'sign-up-unfinished': 'No customer yet',
}

/** Customers are not listed: one is looked for by what they wrote or wrote from, and the look is on record. */
export function FindCustomerPage() {
  const navigate = useNavigate()
  const [owners, setOwners] = useState<readonly string[]>()
  const open = (customerId: string): void => void navigate({ to: '/customers/$customerId', params: { customerId } })
  const find = useChange('POST /api/admin/customers/find', ({ customerId }) => open(customerId))
  const findByKey = useChange('POST /api/admin/customers/find-by-key', ({ customerIds }) => {
    const [only, ...others] = customerIds
    if (only !== undefined && others.length === 0) open(only)
    else setOwners(customerIds)
  })
  const form = useForm({
    initialValues: { who: '' },
    validate: {
      who: (who) => (customerMeantBy(who) ? null : 'An email, an order’s number, or the beginning of a key: pk_ and six more.'),
    },
  })
  const submit = ({ who }: { readonly who: string }): void => {
    find.reset()
    findByKey.reset()
    setOwners(undefined)
    const meant = customerMeantBy(who)
    switch (meant?.kind) {
      case 'email':
        find.mutate({ body: { email: meant.email } })
        break
      case 'order':
        find.mutate({ body: { orderId: meant.orderId } })
        break
      case 'key':
        // Only its beginning: a whole key is a secret, and is not sent.
        findByKey.mutate({ body: { prefix: meant.prefix } })
        break
      case 'customer':
        open(meant.customerId)
        break
      case undefined:
        break
    }
  }
  const within = useAutofocus<HTMLFormElement>()
  useTitle('Customers', 'Console')
  const failure = find.error ?? findByKey.error
  return (
    <div className="find-customer">
      <Entrance title="Find a customer" lead="Each look-up and each look at an account is recorded with your name.">
        <form ref={within} noValidate onSubmit={form.onSubmit(submit)}>
          {failure && <FailureNotice failure={failure} title={titles[failure.code ?? ''] ?? 'The look-up did not work'} />}
          {owners?.length === 0 && (
            <Notice tone="bad" title="No customer has this">
              No key that begins so was ever made here.
            </Notice>
          )}
          {owners && owners.length > 0 && (
            <Notice tone="info" title="Several keys begin so">
              <ul className="key-owners">
                {owners.map((customerId) => (
                  <li key={customerId}>
                    <Link to="/customers/$customerId" params={{ customerId }}>
                      <code>{customerId}</code>
                    </Link>
                  </li>
                ))}
              </ul>
            </Notice>
          )}
          <TextInput
            label="Email, order number or key"
            description="Of a key, the first nine characters are enough, and only those are sent."
            autoComplete="off"
            spellCheck={false}
            data-autofocus
            {...form.getInputProps('who')}
          />
          <Button type="submit" loading={find.isPending || findByKey.isPending}>
            Find
          </Button>
        </form>
      </Entrance>
    </div>
  )
}
