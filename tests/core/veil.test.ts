import { describe, expect, it } from 'vitest'
import { veilAddress, veilEmail, veilName, veilText } from '../../core/privacy/veil.ts'

describe('what staff see of a person before the task asks for more (P-SEC-2)', () => {
  it.each([
    ['Robin Reader', 'R••• R•••'],
    ['  Zoë  ', 'Z•••'],
    ['𝔄nna von der Au', '𝔄••• v••• d•••'],
    ['', ''],
  ])('the name %j is %j', (name, veiled) => expect(veilName(name)).toBe(veiled))

  it.each([
    ['robin@reader.example', 'r•••@•••.example'],
    ['r@localhost', 'r•••@•••'],
    ['"a@b"@reader.co.uk', '"•••@•••.uk'],
    ['no address', 'n•••'],
  ])('the email %j is %j', (email, veiled) => expect(veilEmail(email)).toBe(veiled))

  it.each([
    ['203.0.113.7', '203.•••'],
    ['2001:db8::7', '2001:•••'],
    ['::1', ':•••'],
    ['203.0.113.0/24', '203.•••'],
    ['unknown', '•••'],
  ])('the address %j is %j', (address, veiled) => expect(veilAddress(address)).toBe(veiled))

  it.each([
    ['Hello Robin Reader, we wrote to Robin@Reader.example.', 'Hello R••• R•••, we wrote to r•••@•••.example.'],
    ['Robin Readers, and trobin@reader.example', 'Robin Readers, and trobin@reader.example'],
    ['robin reader', 'robin reader'],
  ])('where they wrote %j staff read %j', (text, veiled) =>
    expect(veilText(text, { name: 'Robin Reader', email: 'robin@reader.example' })).toBe(veiled),
  )

  it('what people are called is no pattern, and who gave no name has none', () => {
    expect(veilText('I am A. (B) $& and A+ (B) $&', { name: 'A. (B) $&' })).toBe('I am A••• (••• $••• and A+ (B) $&')
    expect(veilText('Nobody', {})).toBe('Nobody')
  })
})
