import { expect, test } from 'vitest'
import { inOrder } from '../../core/catalogue/in-order.ts'
import type { Service } from '../../core/catalogue/service.ts'
import { categoryId, serviceId } from '../../core/ids.ts'

test('services are listed by the order of the headings, then by their own, then by number; without a heading last', () => {
  const heading = (id: string, name: string) => ({ categoryId: categoryId(id), name, sort: 0, revision: 0 })
  const service = (number: number, category: string, sort = 0) =>
    ({ serviceId: serviceId(number), categoryId: categoryId(category), sort }) as Service
  const listed = inOrder(
    [service(1, 'gone'), service(2, 'b'), service(5, 'a', 10), service(4, 'a', 20), service(7, 'b', -1), service(3, 'a', 20)],
    [heading('b', 'Video'), heading('empty', 'Nothing'), heading('a', 'Audio')],
  )
  expect(listed.map(({ service: { serviceId: number }, category }) => [number, category])).toEqual([
    [7, 'Video'],
    [2, 'Video'],
    [5, 'Audio'],
    [3, 'Audio'],
    [4, 'Audio'],
    [1, 'Other'],
  ])
})
