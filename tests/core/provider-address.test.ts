import type { AddressInfo } from 'node:net'
import { createServer as createTcpServer } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { isPublicAddress, pinned, providerUrl } from '../../outside/providers/address.ts'
import { callProviders } from '../../outside/providers/call-providers.ts'
import { post } from '../../outside/providers/exchange.ts'

/** A resolver that has these answers, one after the other; the last one for good. */
function resolver(...answers: (readonly string[])[]) {
  const asked: string[] = []
  const resolve: Parameters<typeof pinned>[0] = (hostname, _, callback) => {
    const addresses = answers[Math.min(asked.push(hostname), answers.length) - 1] ?? []
    callback(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    )
  }
  return { asked, find: pinned(resolve) }
}
const found = (find: ReturnType<typeof pinned>, hostname = 'provider.social'): Promise<unknown> =>
  new Promise((answer) => find(hostname, {}, (error, address) => answer(error ? error.message : address)))

describe('an address that staff type is refused, plain HTTP among them (P-SEC-1)', () => {
  test.each([
    // This machine, in every spelling.
    'https://localhost/',
    'https://LOCALHOST/',
    'https://localhost./',
    'https://panel.localhost/',
    'https://localhost.localdomain/',
    'https://127.0.0.1/',
    'https://127.0.0.1./',
    'https://127.1/',
    'https://127.255.255.254/',
    'https://2130706433/',
    'https://0x7f000001/',
    'https://0x7f.0.0.1/',
    'https://017700000001/',
    'https://0177.0.0.1/',
    'https://0/',
    'https://0.0.0.0/',
    'https://[::1]/',
    'https://[::]/',
    'https://[0:0:0:0:0:0:0:1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::ffff:7f00:1]/',
    'https://①②⑦.0.0.1/',
    'https://127。0。0。1/',
    'https://１２７.０.０.１/',
    'https://ⓛocalhost/',
    'https://loc\u00adalhost/',
    // Its network, and the network's own services.
    'https://10.1.2.3/',
    'https://172.16.0.1/',
    'https://172.31.255.255/',
    'https://192.168.1.1/',
    'https://3232235777/',
    'https://100.64.0.1/',
    'https://169.254.1.1/',
    'https://169.254.169.254/latest/meta-data/',
    'https://0xa9fea9fe/',
    'https://[fd00:ec2::254]/latest/meta-data/',
    'https://[fd12:3456::1]/',
    'https://[fe80::1]/',
    'https://[fe80::1%25eth0]/',
    'https://[::ffff:10.0.0.1]/',
    'https://[::10.0.0.1]/',
    'https://[64:ff9b::a00:1]/',
    'https://[64:ff9b:1::a00:1]/',
    'https://[2002:a00:1::]/',
    'https://[2001:0:a00:1::]/',
    'https://[2001:db8::1]/',
    'https://[ff02::1]/',
    'https://metadata.google.internal/computeMetadata/v1/',
    'https://instance-data.ec2.internal/',
    'https://kubernetes.default.svc/',
    'https://router.local/',
    'https://nas.lan/',
    'https://1.0.0.127.in-addr.arpa/',
    'https://provider/',
    'https://192.0.2.1/',
    'https://198.18.0.1/',
    'https://224.0.0.1/',
    'https://255.255.255.255/',
    // Other ways than https to a named host.
    'http://provider.social/api/v2',
    'ftp://provider.social/',
    'file:///etc/passwd',
    'gopher://provider.social/',
    'data:text/plain,x',
    'javascript:alert(1)',
    '//provider.social/',
    'https:provider.social/',
    'https:/provider.social/',
    'https:\\\\provider.social/',
    'https://provider.social\\@10.0.0.1/',
    'https://provider.social:22/',
    'https://provider.social:80/',
    'https://provider.social:0443/',
    'https://provider.social:/',
    'https://me:pw@provider.social/',
    'https://me@provider.social/',
    'https://@provider.social/',
    'https://provider.social%2f@10.0.0.1/',
    'https://provider.social#@10.0.0.1/',
    'https://provider.social/#x',
    'https://provider.social/\n/x',
    'https://pro\tvider.social/',
    ' https://provider.social/',
    'https://.provider.social/',
    'https://provider..social/',
    'https://provider.social./',
    'https://-provider.social/',
    'https://xn--/',
    'https://пример.com/',
    'https://provider.social\u0000.example.com/',
    `https://${'a'.repeat(64)}.com/`,
    `https://${'a.'.repeat(130)}com/`,
    `https://provider.social/${'x'.repeat(500)}`,
    'https://',
    '',
    'not an address',
  ])('%j', (address) => {
    expect(() => providerUrl(address)).toThrow('provider-address-refused')
  })

  test.each([
    'https://provider.social/api/v2',
    'https://Provider.Social/api/v2',
    'https://provider.social',
    'https://provider.social:443/api/v2',
    'https://provider.social:8443/api/v2',
    'https://api.provider.co.uk/index.php?route=v2&x=%20',
    'https://xn--e1afmkfd.com/api/v2',
    'https://8.8.8.8/api/v2',
    'https://[2606:4700:4700::1111]/api/v2',
  ])('and %s is not', (address) => {
    expect(providerUrl(address).protocol).toBe('https:')
  })

  test('the sandbox’s address is exempt only where it is named, to the letter', () => {
    expect(providerUrl('http://127.0.0.1:3003/api/v2', 'http://127.0.0.1:3003/api/v2').port).toBe('3003')
    expect(() => providerUrl('http://127.0.0.1:3003/api/v2')).toThrow('provider-address-refused')
    expect(() => providerUrl('http://127.0.0.1:3003/other', 'http://127.0.0.1:3003/api/v2')).toThrow('provider-address-refused')
    expect(() => providerUrl('http://127.0.0.1:3003/api/v2/', 'http://127.0.0.1:3003/api/v2')).toThrow('provider-address-refused')
  })
})

describe('where a name may lead', () => {
  test.each([
    '127.0.0.1',
    '127.255.255.254',
    '0.0.0.0',
    '10.0.0.1',
    '100.64.0.1',
    '100.127.255.255',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.0.1',
    '192.0.0.192',
    '192.0.2.1',
    '198.18.0.1',
    '203.0.113.9',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '::8.8.8.8',
    '64:ff9b::7f00:1',
    '64:ff9b:1::1',
    'fe80::1',
    'fe80::1%eth0',
    '2606:4700:4700::1111%eth0',
    'fec0::1',
    'fc00::1',
    'fd12::1',
    'fd00:ec2::254',
    'ff02::1',
    '2001::1',
    '2001:10::1',
    '2001:db8::1',
    '2002:7f00:1::',
    '3fff::1',
    '4000::1',
    '100::1',
    'not an address',
  ])('not to %s', async (address) => {
    expect(isPublicAddress(address)).toBe(false)
    expect(await found(resolver([address]).find)).toBe('provider.social does not lead to a public address')
  })
  test.each(['8.8.8.8', '1.1.1.1', '172.32.0.1', '100.128.0.1', '2606:4700:4700::1111', '2a00:1450:4001:81b::200e'])(
    'to %s',
    async (address) => {
      expect(isPublicAddress(address)).toBe(true)
      expect(await found(resolver([address]).find)).toBe(address)
    },
  )

  test('not anywhere, when but one of the addresses it has is not public', async () => {
    expect(await found(resolver(['8.8.8.8', '10.0.0.1']).find)).toMatch('does not lead to a public address')
    expect(await found(resolver(['8.8.8.8', '::1']).find)).toMatch('does not lead to a public address')
    expect(await found(resolver([]).find)).toMatch('has no address')
  })
})

describe('at the call', () => {
  const bounds = { totalMilliseconds: 1_000, answerBytes: 10_000 }
  const call = (url: string) => callProviders.open().call({ url, apiKey: 'k' }, { action: 'balance' })
  afterEach(() => {
    delete process.env['SANDBOX_PROVIDER_URL']
  })

  /** Somebody on this machine, who must not be called: how often he was. */
  async function insider(run: (port: number, connections: () => number) => Promise<void>): Promise<void> {
    let connections = 0
    const server = createTcpServer((socket) => {
      connections++
      socket.destroy()
    })
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
    await run((server.address() as AddressInfo).port, () => connections)
    server.close()
  }

  test('a name is looked up once, and the connection goes to the very address that was checked', async () => {
    await insider(async (port, connections) => {
      // Public when it is looked at, this machine when it is looked up again: a connection that asked twice would get here.
      const { asked, find } = resolver(['192.0.2.1'], ['127.0.0.1'])
      expect(await post(new URL(`https://provider.social:${port}/`), 'x', bounds, find)).toMatchObject({ kind: 'not-sent' })
      expect(asked).toEqual(['provider.social'])
      const rebound = resolver(['8.8.8.8'], ['127.0.0.1'])
      expect(await found(rebound.find)).toBe('8.8.8.8')
      expect(await found(rebound.find)).toBe('provider.social does not lead to a public address')
      expect(connections()).toBe(0)
    })
  })

  test('a name that has come to lead to this machine is not connected to', async () => {
    await insider(async (port, connections) => {
      expect(await post(new URL(`https://provider.social:${port}/`), 'x', bounds, resolver(['127.0.0.1']).find)).toEqual({
        kind: 'not-sent',
        why: 'provider.social does not lead to a public address',
      })
      expect(await post(new URL(`https://localhost:${port}/`), 'x', bounds)).toMatchObject({ kind: 'not-sent' })
      expect(connections()).toBe(0)
    })
  })

  test('an address that lies in the table and may not be called is not called, and nothing was sent for certain', async () => {
    await insider(async (port, connections) => {
      for (const url of [`http://127.0.0.1:${port}/`, `https://127.0.0.1:${port}/`, 'https://169.254.169.254/', 'nonsense'])
        expect(await call(url)).toEqual({ kind: 'not-sent', why: 'its address may not be called' })
      expect(connections()).toBe(0)
      process.env['SANDBOX_PROVIDER_URL'] = `http://127.0.0.1:${port}/`
      expect(await call(`http://127.0.0.1:${port}/`)).toMatchObject({ kind: 'no-answer' })
      expect(await call(`http://127.0.0.1:${port}/x`)).toMatchObject({ kind: 'not-sent' })
      expect(connections()).toBe(1)
    })
  })
})
