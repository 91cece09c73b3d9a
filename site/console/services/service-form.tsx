import { Button, Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { inWords, readAmount, toMicros } from '../../shared/amounts.ts'
import { keyOf, useChange } from '../../shared/answers.ts'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { Notice } from '../../shared/notice.tsx'
import { useCurrency } from '../currency.ts'
import { origins, readOrigin } from '../origin-words.ts'
import { reasonsOf } from './add-service.tsx'
import { type Change, needsMemo, whole } from './bulk-change.ts'
import { margin } from './service-line.tsx'
import type { StaffService } from './service-page.tsx'
import { useCategories, useServicesChanged } from './use-services.ts'
import { factWord, patterns, readPattern } from './words.ts'

type OneChange = Change & { readonly name?: string; readonly description?: string }

const typedFrom = (service: StaffService) => ({
  name: service.name,
  description: service.description,
  categoryId: service.categoryId,
  rate: inWords(service.rate).replaceAll(',', ''),
  min: String(service.min),
  max: String(service.max),
  refillDays: String(service.refillDays),
  sort: String(service.sort),
  origin: service.origin as string,
  linkPattern: service.linkPattern as string,
  enabled: service.enabled,
  cancel: service.cancel,
  dripFeed: service.dripFeed,
  denyDuplicates: service.denyDuplicates,
  follow: [] as readonly StaffService['byHand'][number][],
})
type Typed = ReturnType<typeof typedFrom>

/** How a service is sold. Saved as it was seen: what somebody else changed meanwhile is not written over. */
export function ServiceForm({ service }: { readonly service: StaffService }) {
  const currency = useCurrency()
  const answers = useQueryClient()
  const changed = useServicesChanged()
  const { categories, nameOf } = useCategories()
  const [typed, setTyped] = useState(() => typedFrom(service))
  const [memo, setMemo] = useState('')
  const serviceId = String(service.serviceId)
  const save = useChange('PATCH /api/admin/services/{serviceId}', (after) => {
    answers.setQueryData(keyOf('GET /api/admin/services/{serviceId}', { path: { serviceId } }), after)
    changed()
  })
  const { change, problems } = differing(service, typed)
  const asked = needsMemo(change)
  const ready = change !== undefined && (!asked || memo.trim().length >= 3)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (ready)
      save.mutate({
        path: { serviceId },
        body: { revision: service.revision, change, ...(memo.trim().length >= 3 ? { memo } : {}) },
      })
  }
  const text = (name: 'name' | 'description' | 'rate' | 'min' | 'max' | 'refillDays' | 'sort') => ({
    value: typed[name],
    error: problems[name],
    autoComplete: 'off',
    onChange: (event: { currentTarget: { value: string } }) => setTyped({ ...typed, [name]: event.currentTarget.value }),
  })
  const select = (name: 'categoryId' | 'origin' | 'linkPattern') => ({
    value: typed[name],
    onChange: (event: { currentTarget: { value: string } }) => setTyped({ ...typed, [name]: event.currentTarget.value }),
  })
  const tick = (name: 'enabled' | 'cancel' | 'dripFeed' | 'denyDuplicates') => ({
    checked: typed[name],
    onChange: (event: { currentTarget: { checked: boolean } }) => setTyped({ ...typed, [name]: event.currentTarget.checked }),
  })
  const rate = readAmount(typed.rate)
  const headings = categories.map(({ categoryId, name }) => ({ value: categoryId, label: name }))
  const known = headings.some(({ value }) => value === service.categoryId)
  return (
    <section className="card service-card" aria-label="Sold as">
      <h2>Sold as</h2>
      <form className="stack" onSubmit={submit}>
        {save.error && (
          <FailureNotice
            failure={save.error}
            title="Nothing was saved"
            {...(save.error.code === 'changed-meanwhile' ? { retry: changed } : {})}
          >
            {reasonsOf(save.error.detail['reasons'])}
          </FailureNotice>
        )}
        {save.isSuccess && change === undefined && <Notice tone="good" title="Saved" />}
        <Checkbox label="Enabled. Off, nobody can order it; orders under way go on." {...tick('enabled')} />
        <TextInput label="Name" maxLength={200} {...text('name')} />
        <Textarea label="Description" rows={3} maxLength={1_000} {...text('description')} />
        <div className="service-pair">
          <NativeSelect
            label="Category"
            data={known ? headings : [{ value: service.categoryId, label: nameOf(service.categoryId) }, ...headings]}
            {...select('categoryId')}
          />
          <TextInput label="Sort, smaller first" inputMode="numeric" {...text('sort')} />
          <TextInput
            label={`Rate, ${currency} ${service.type.endsWith('Package') ? 'each' : 'per 1,000'}`}
            inputMode="decimal"
            description={rate === undefined ? undefined : `Leaves ${margin(rate, service.cost)} of it.`}
            {...text('rate')}
          />
          <NativeSelect
            label="Where the effect comes from"
            description="You attest it, on record."
            data={origins}
            {...select('origin')}
          />
          <TextInput label="Smallest order" inputMode="numeric" {...text('min')} />
          <TextInput label="Largest order" inputMode="numeric" {...text('max')} />
          <NativeSelect label="Kind of link" data={patterns} {...select('linkPattern')} />
          <TextInput label="Refill, days; 0 for none" inputMode="numeric" {...text('refillDays')} />
        </div>
        <Checkbox label="One order a link at a time" {...tick('denyDuplicates')} />
        <Checkbox label="Customers can cancel" {...tick('cancel')} />
        <Checkbox label="Can be delivered in runs (drip-feed)" {...tick('dripFeed')} />
        {service.byHand.length > 0 && (
          <fieldset className="bare-fieldset stack-tight">
            <legend className="service-legend">Set by hand; ticked, the next import decides again</legend>
            <div className="row wrap service-ticks">
              {service.byHand.map((field) => (
                <Checkbox
                  key={field}
                  label={factWord(field)}
                  checked={typed.follow.includes(field)}
                  onChange={(event) =>
                    setTyped({
                      ...typed,
                      follow: event.currentTarget.checked
                        ? [...typed.follow, field]
                        : typed.follow.filter((other) => other !== field),
                    })
                  }
                />
              ))}
            </div>
          </fieldset>
        )}
        {asked && (
          <Textarea
            label="Reason, for the record"
            description="Prices and origins are changed with a reason."
            rows={2}
            maxLength={300}
            value={memo}
            onChange={(event) => setMemo(event.currentTarget.value)}
          />
        )}
        <div className="row">
          <Button type="submit" loading={save.isPending} disabled={!ready}>
            Save
          </Button>
          {change !== undefined && (
            <Button variant="default" onClick={() => setTyped(typedFrom(service))}>
              Undo
            </Button>
          )}
        </div>
      </form>
    </section>
  )
}

type Problems = Partial<Record<keyof Typed, string>>

/** What was typed and differs from how the service is; undefined where nothing does, or something makes no sense yet. */
function differing(service: StaffService, typed: Typed): { change: OneChange | undefined; problems: Problems } {
  const before = typedFrom(service)
  const problems: Problems = {}
  const number = (name: 'min' | 'max' | 'refillDays' | 'sort', least: number): number | undefined => {
    if (typed[name] === before[name]) return undefined
    const value = whole(least)(typed[name])
    if (value === undefined) problems[name] = 'A whole number.'
    return value
  }
  const other = <Name extends keyof Typed>(name: Name): Typed[Name] | undefined =>
    typed[name] === before[name] ? undefined : typed[name]
  const amount = readAmount(typed.rate)
  if (amount === undefined) problems.rate = 'An amount like 1.25.'
  else if (toMicros(amount) < toMicros(service.cost) && amount !== before.rate)
    problems.rate = 'Below its cost: every order would lose money.'
  if (typed.name.trim() === '') problems.name = 'A service needs a name.'
  const origin = other('origin')
  const linkPattern = other('linkPattern')
  const all = {
    name: other('name'),
    description: other('description'),
    categoryId: other('categoryId'),
    rate:
      amount !== undefined && toMicros(amount) !== toMicros(service.rate)
        ? { how: 'set' as const, to: amount, roundTo: '0.000001' }
        : undefined,
    min: number('min', 1),
    max: number('max', 1),
    refillDays: number('refillDays', 0),
    sort: number('sort', -1_000_000),
    origin: origin === undefined ? undefined : readOrigin(origin),
    linkPattern: linkPattern === undefined ? undefined : readPattern(linkPattern),
    enabled: other('enabled'),
    cancel: other('cancel'),
    dripFeed: other('dripFeed'),
    denyDuplicates: other('denyDuplicates'),
    follow: typed.follow.length > 0 ? [...typed.follow] : undefined,
  }
  const [min, max] = [all.min ?? service.min, all.max ?? service.max]
  if (min > max) problems.max = 'Below the smallest order.'
  const named: OneChange = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))
  const usable = Object.keys(problems).length === 0 && Object.keys(named).length > 0
  return { change: usable ? named : undefined, problems }
}
