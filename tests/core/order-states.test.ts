import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { orderGroups, orderStates, protocolStatus, transitions } from '../../core/orders/states.ts'

test('only six words are ever said to a reseller', () => {
  expect(new Set(orderStates.map(protocolStatus))).toEqual(
    new Set(['Pending', 'In progress', 'Processing', 'Completed', 'Partial', 'Canceled']),
  )
})

test('what is not settled is Pending to a reseller, and what nobody took is Canceled', () => {
  for (const state of ['accepted', 'submitting', 'parked', 'unknown'] as const) expect(protocolStatus(state)).toBe('Pending')
  expect(protocolStatus('refused')).toBe('Canceled')
})

test('every state is in exactly one group of the list', () => {
  expect(Object.values(orderGroups).flat().toSorted()).toEqual([...orderStates].toSorted())
})

test('every state can be reached, and only terminal ones are left for good', () => {
  const all = Object.values(transitions)
  const reached = new Set(['accepted', ...all.map(({ to }) => to)])
  expect([...reached].toSorted()).toEqual([...orderStates].toSorted())
  const leavable = new Set<string>(all.flatMap(({ from, to }) => from.filter((state) => state !== to)))
  expect(orderStates.filter((state) => !leavable.has(state))).toEqual(['canceled', 'refused'])
})

test('nothing is sent but what a worker has in hand, and nothing is in hand twice', () => {
  expect(transitions.claim.from).toEqual(['accepted'])
  expect(transitions.sent.from).toEqual(['submitting', 'unknown'])
  expect(transitions.lose.from).toEqual(['submitting'])
})

test('an unknown outcome is never sent again and never refunded by a machine: all ways but news of it are for staff', () => {
  const ways = Object.entries(transitions).filter(([, { from }]) => from.some((state) => String(state) === 'unknown'))
  expect(ways.map(([name]) => name)).toEqual(['sent', 'confirm', 'sendAgain', 'settleDone', 'settlePart', 'settleNone'])
})

test('the diagram in the docs shows every change of state, and no other', () => {
  const docs = readFileSync(new URL('../../docs/architecture.md', import.meta.url), 'utf8')
  const [, diagram = ''] = /stateDiagram-v2\n([\s\S]*?)```/.exec(docs) ?? []
  const drawn = [...diagram.matchAll(/^ {2}(\w+) --> (\w+): (\w+)$/gm)].map(([, from, to, name]) => `${name}: ${from} → ${to}`)
  const lawful = Object.entries(transitions).flatMap(([name, { from, to }]) =>
    from.filter((one) => one !== to).map((one) => `${name}: ${one} → ${to}`.replaceAll('-', '_')),
  )
  expect(drawn.toSorted()).toEqual(lawful.toSorted())
})
