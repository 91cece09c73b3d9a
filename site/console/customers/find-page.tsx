import './page.css'
import { Button, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useNavigate } from '@tanstack/react-router'
import { useChange } from '../../shared/answers.ts'
import { Entrance } from '../../shared/entrance.tsx'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { useTitle } from '../../shared/title.ts'
import { useAutofocus } from '../../shared/use-autofocus.ts'

/** Customers are not listed: one is looked for, by the email they wrote from, and the look is on record. */
export function FindCustomerPage() {
  const navigate = useNavigate()
  const find = useChange(
    'POST /api/admin/customers/find',
    ({ customerId }) => void navigate({ to: '/customers/$customerId', params: { customerId } }),
  )
  const form = useForm({
    initialValues: { email: '' },
    validate: { email: (email) => (email.includes('@') ? null : 'Type the customer’s email.') },
  })
  const within = useAutofocus<HTMLFormElement>()
  useTitle('Customers', 'Console')
  return (
    <div className="find-customer">
      <Entrance title="Find a customer" lead="Each look-up and each look at an account is recorded with your name.">
        <form ref={within} noValidate onSubmit={form.onSubmit((body) => find.mutate({ body }))}>
          {find.error && (
            <FailureNotice
              failure={find.error}
              title={find.error.code === 'customer-not-found' ? 'Nobody has this email' : 'The look-up did not work'}
            />
          )}
          <TextInput label="Email" type="email" autoComplete="off" data-autofocus {...form.getInputProps('email')} />
          <Button type="submit" loading={find.isPending}>
            Find
          </Button>
        </form>
      </Entrance>
    </div>
  )
}
