import { Button, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Entrance } from '../../shared/entrance.tsx'
import { useTitle } from '../../shared/title.ts'
import { useAutofocus } from '../../shared/use-autofocus.ts'
import { useCatalogue } from '../catalogue.ts'
import { PublicFrame } from '../frame/public-frame.tsx'
import { isEmail } from './is-email.ts'
import { SignUpCode } from './sign-up-code.tsx'

/** For whoever closed the sign-up page before typing the code. */
export function ConfirmPage() {
  const { data: catalogue } = useCatalogue()
  const navigate = useNavigate()
  const [email, setEmail] = useState<string>()
  const form = useForm({ initialValues: { email: '' }, validate: { email: isEmail } })
  const within = useAutofocus<HTMLFormElement>()
  useTitle('Confirm your email', catalogue?.panelName)
  return (
    <PublicFrame narrow>
      {email ? (
        <SignUpCode
          email={email}
          finishing={false}
          back={() => setEmail(undefined)}
          confirmed={() => void navigate({ to: '/sign-in', search: { because: 'confirmed' } })}
        />
      ) : (
        <Entrance
          title="Confirm your email"
          lead="In the browser in which you asked for the account: the code works there alone."
          foot={<Link to="/sign-up">Create an account</Link>}
        >
          <form ref={within} noValidate onSubmit={form.onSubmit((values) => setEmail(values.email.trim()))}>
            <TextInput label="Email" type="email" autoComplete="username" data-autofocus {...form.getInputProps('email')} />
            <Button type="submit" size="md">
              Type the code
            </Button>
          </form>
        </Entrance>
      )}
    </PublicFrame>
  )
}
