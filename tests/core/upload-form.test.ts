import { expect, test } from 'vitest'
import { customerId, fileId } from '../../core/ids.ts'
import { postSignature, signUploads } from '../../outside/files/sign-uploads.ts'

/** From AWS: "Example: Browser-Based Upload using HTTP POST (Using AWS Signature Version 4)". */
const example = {
  policy: [
    'eyAiZXhwaXJhdGlvbiI6ICIyMDE1LTEyLTMwVDEyOjAwOjAwLjAwMFoiLA0KICAiY29uZGl0aW9ucyI6IFsNCiAgICB7ImJ1Y2tldCI6ICJzaWd2NGV4YW1w',
    'bGVidWNrZXQifSwNCiAgICBbInN0YXJ0cy13aXRoIiwgIiRrZXkiLCAidXNlci91c2VyMS8iXSwNCiAgICB7ImFjbCI6ICJwdWJsaWMtcmVhZCJ9LA0KICAg',
    'IHsic3VjY2Vzc19hY3Rpb25fcmVkaXJlY3QiOiAiaHR0cDovL3NpZ3Y0ZXhhbXBsZWJ1Y2tldC5zMy5hbWF6b25hd3MuY29tL3N1Y2Nlc3NmdWxfdXBsb2Fk',
    'Lmh0bWwifSwNCiAgICBbInN0YXJ0cy13aXRoIiwgIiRDb250ZW50LVR5cGUiLCAiaW1hZ2UvIl0sDQogICAgeyJ4LWFtei1tZXRhLXV1aWQiOiAiMTQzNjUx',
    'MjM2NTEyNzQifSwNCiAgICB7IngtYW16LXNlcnZlci1zaWRlLWVuY3J5cHRpb24iOiAiQUVTMjU2In0sDQogICAgWyJzdGFydHMtd2l0aCIsICIkeC1hbXot',
    'bWV0YS10YWciLCAiIl0sDQoNCiAgICB7IngtYW16LWNyZWRlbnRpYWwiOiAiQUtJQUlPU0ZPRE5ON0VYQU1QTEUvMjAxNTEyMjkvdXMtZWFzdC0xL3MzL2F3',
    'czRfcmVxdWVzdCJ9LA0KICAgIHsieC1hbXotYWxnb3JpdGhtIjogIkFXUzQtSE1BQy1TSEEyNTYifSwNCiAgICB7IngtYW16LWRhdGUiOiAiMjAxNTEyMjlU',
    'MDAwMDAwWiIgfQ0KICBdDQp9',
  ].join(''),
  secret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  scope: '20151229/us-east-1/s3/aws4_request',
  signature: '8afdbf4008c03f22c2cd3cdb72e4afbb1f6a588f3255ac628749a66d7f09699e',
}

test('a form is signed as AWS signs its own example', () => {
  expect(postSignature(example.policy, example.secret, example.scope)).toBe(example.signature)
})

test('every field of a form is held by its policy, which is good for ten minutes and for one size', () => {
  Object.assign(process.env, { AWS_REGION: 'eu-west-1', AWS_SESSION_TOKEN: 'token', FILES_BUCKET: 'files' })
  const now = new Date('2026-11-22T10:00:00.123Z')
  const { fields } = signUploads.open().sign(customerId('c'), fileId('f'), { type: 'image/png', bytes: 7 }, now)
  const { policy, 'x-amz-signature': _, ...named } = fields
  expect(named).toMatchObject({ key: 'uploads/c/f', 'x-amz-date': '20261122T100000Z', 'x-amz-security-token': 'token' })
  const { expiration, conditions } = JSON.parse(Buffer.from(policy ?? '', 'base64').toString())
  expect(expiration).toBe('2026-11-22T10:10:00.123Z')
  expect(conditions).toEqual([
    { bucket: 'files' },
    ...Object.entries(named).map(([name, value]) => ({ [name]: value })),
    ['content-length-range', 7, 7],
  ])
})
