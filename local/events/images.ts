import type { AttributeValue } from '@aws-sdk/client-dynamodb'

type Image = Record<string, AttributeValue>

/** DynamoDB Local tells an empty map in a stream record as a value of no type at all; DynamoDB tells it as a map. */
export const withEmptyMaps = (image: Image): Image =>
  Object.fromEntries(Object.entries(image).map(([name, value]) => [name, restored(value)]))

function restored(value: AttributeValue): AttributeValue {
  if (value.M) return { M: withEmptyMaps(value.M) }
  if (value.L) return { L: value.L.map(restored) }
  return Object.keys(value).length === 0 ? { M: {} } : value
}
