import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { readAmount } from '../../shared/amounts.ts'
import { useChange } from '../../shared/answers.ts'
import { Dialog } from '../../shared/dialog.tsx'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { useCurrency } from '../currency.ts'
import { useProviders } from '../orders/use-providers.ts'
import { origins, readOrigin } from '../origin-words.ts'
import { whole } from './bulk-change.ts'
import { useCategories, useServicesChanged } from './use-services.ts'
import { problemWords, soldTypes } from './words.ts'

/** One service by hand: whose it is, and how it is sold here. */
export function AddService({ opened, close }: { readonly opened: boolean; readonly close: () => void }) {
  return (
    <Dialog opened={opened} onClose={close} title="Add service">
      {opened && <Fields close={close} />}
    </Dialog>
  )
}

const empty = {
  providerId: '',
  providerServiceId: '',
  name: '',
  categoryId: '',
  type: 'Default',
  cost: '',
  rate: '',
  min: '',
  max: '',
  origin: 'unattested',
  memo: '',
}

/** What the list of providers says for none. */
const byHand = 'manual'

function Fields({ close }: { readonly close: () => void }) {
  const navigate = useNavigate()
  const currency = useCurrency()
  const changed = useServicesChanged()
  const { byId } = useProviders()
  const { categories } = useCategories()
  const [typed, setTyped] = useState(empty)
  const add = useChange('POST /api/admin/services', ({ serviceId }) => {
    changed()
    void navigate({ to: '/services/$serviceId', params: { serviceId: String(serviceId) } })
  })
  const field = (name: keyof typeof empty) => ({
    value: typed[name],
    onChange: (event: { currentTarget: { value: string } }) => setTyped({ ...typed, [name]: event.currentTarget.value }),
  })
  const providers = [
    ...[...byId.values()].map(({ providerId, name }) => ({ value: providerId, label: name })),
    { value: byHand, label: 'None: people of ours deliver it' },
  ]
  const headings = categories.map(({ categoryId, name }) => ({ value: categoryId, label: name }))
  const isByHand = (typed.providerId || providers[0]?.value) === byHand
  const read = {
    providerId: typed.providerId || providers[0]?.value,
    categoryId: typed.categoryId || headings[0]?.value,
    type: soldTypes.find((type) => type === typed.type),
    cost: readAmount(typed.cost) ?? (isByHand && typed.cost.trim() === '' ? '0' : undefined),
    rate: readAmount(typed.rate),
    min: whole(1)(typed.min),
    max: whole(1)(typed.max),
  }
  const named = typed.name.trim() !== '' && (isByHand || typed.providerServiceId.trim() !== '') && typed.memo.trim().length >= 3
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    const { providerId, categoryId, type, cost, rate, min, max } = read
    if (!named || !providerId || !categoryId || !type || !cost || !rate || !min || !max) return
    const { providerServiceId, name, memo } = typed
    const origin = readOrigin(typed.origin)
    add.mutate({
      body: { ...(isByHand ? {} : { providerId, providerServiceId }), name, categoryId, type, cost, rate, min, max, origin, memo },
    })
  }
  const ready = named && Object.values(read).every((value) => value !== undefined)
  return (
    <form className="stack" onSubmit={submit}>
      {add.error && (
        <FailureNotice failure={add.error} title="The service was not added">
          {reasonsOf(add.error.detail['reasons'])}
        </FailureNotice>
      )}
      <div className="service-pair">
        <NativeSelect label="Provider" data={providers} {...field('providerId')} />
        {!isByHand && (
          <TextInput label="Its number there" autoComplete="off" maxLength={64} {...field('providerServiceId')} data-autofocus />
        )}
      </div>
      <TextInput label="Name" autoComplete="off" maxLength={200} {...field('name')} />
      <div className="service-pair">
        <NativeSelect label="Category" data={headings} {...field('categoryId')} />
        <NativeSelect label="Type" data={[...soldTypes]} {...field('type')} />
        <TextInput
          label={`It costs us, ${currency}`}
          placeholder="0.00"
          inputMode="decimal"
          autoComplete="off"
          {...field('cost')}
        />
        <TextInput label={`We take, ${currency}`} placeholder="0.00" inputMode="decimal" autoComplete="off" {...field('rate')} />
        <TextInput label="Smallest order" inputMode="numeric" autoComplete="off" {...field('min')} />
        <TextInput label="Largest order" inputMode="numeric" autoComplete="off" {...field('max')} />
      </div>
      <NativeSelect
        label="Where the effect comes from"
        description="You attest it, on record. What nobody attested is not sold."
        data={origins}
        {...field('origin')}
      />
      <Textarea label="Reason, for the record" rows={2} maxLength={300} {...field('memo')} />
      <div className="row confirm-actions">
        <Button variant="default" onClick={close}>
          Leave it
        </Button>
        <Button type="submit" loading={add.isPending} disabled={!ready}>
          Add service
        </Button>
      </div>
    </form>
  )
}

/** What the panel found wrong with it, in words. */
export function reasonsOf(reasons: unknown): string {
  const words: Readonly<Record<string, string>> = problemWords
  return Array.isArray(reasons) ? `Here: ${reasons.map((reason) => words[String(reason)] ?? String(reason)).join('; ')}.` : ''
}
