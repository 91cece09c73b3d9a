import { describe, expect, test } from 'vitest'
import { cut, pathOf, referrerOf } from '../../core/access-log/address.ts'
import { browserName, browserOf } from '../../core/access-log/browser.ts'

describe('P-LOG-1: an address of a page', () => {
  test.each([
    ['/', '/'],
    ['/orders', '/orders'],
    ['/api/v2', '/api/v2'],
    ['/privacy-policy/v12', '/privacy-policy/v12'],
    ['/assets/index.css', '/assets/index.css'],
    ['/fonts/inter.woff2', '/fonts/inter.woff2'],
    ['/.env', '/.env'],
    ['//orders//', '//orders//'],
  ])('keeps words: %s', (raw, kept) => expect(pathOf(raw)).toBe(kept))

  test.each([
    ['a number of an order', '/orders/81723', `/orders/${cut}`],
    ['a query', '/orders?key=pk_abcdef', '/orders'],
    ['a query that was encoded, once and twice', '/orders%3Fkey=pk_a/x%253Fkey=b', '/orders'],
    ['a fragment', '/orders#token', '/orders'],
    ['a session in the path', '/orders;jsessionid=8F3A', '/orders'],
    ['a key', '/api/pk_live_51Habc', `/api/${cut}`],
    ['a uuid', '/files/0f8fad5b-d9cb-469f-a165-70867728950e', `/files/${cut}`],
    ['a hash', '/x/d41d8cd98f00b204e9800998ecf8427e', `/x/${cut}`],
    ['an email, plain and encoded', '/find/me@mail.example/me%40mail.example/me%2540mail.example', `/find/${cut}/${cut}/${cut}`],
    ['a code of letters alone', '/go/aGVsbG8gd29ybGQ', `/go/${cut}`],
    ['what follows a word that opens a secret, though it looks like a word', '/reset/sunshine/done', `/reset/${cut}/done`],
    ['the name of somebody', '/users/alice', `/users/${cut}`],
    ['a telephone number', '/find/+491701234567', `/find/${cut}`],
    ['an address of the network', '/from/203.0.113.9', `/from/${cut}`],
    ['a broken encoding', '/find/%E0%A4%A', `/find/${cut}`],
    ['a word nobody says in one breath', `/${'a'.repeat(60)}`, `/${cut}`],
  ])('is cut of %s', (_, raw, kept) => expect(pathOf(raw)).toBe(kept))

  test('is short, however long it was asked for', () => {
    expect(pathOf('/a'.repeat(5_000)).length).toBeLessThanOrEqual(200)
    expect(pathOf(`/${'orders/'.repeat(5_000)}`).length).toBeLessThanOrEqual(200)
  })

  test('is cut of a secret wherever it stands', () => {
    const secrets = [
      'pk_9f8e7d6c5b4a',
      'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc',
      'who@mail.example',
      '4111111111111111',
      'A1b2C3d4',
    ]
    const around = [
      (secret: string) => `/${secret}`,
      (secret: string) => `/orders/${secret}/edit`,
      (secret: string) => `/orders?x=${secret}`,
      (secret: string) => `/orders/${encodeURIComponent(secret)}`,
      (secret: string) => `/orders/${encodeURIComponent(encodeURIComponent(secret))}`,
      (secret: string) => `/orders;v=${secret}/x`,
    ]
    for (const secret of secrets) for (const path of around) expect(pathOf(path(secret))).not.toContain(secret)
  })
})

describe('P-LOG-1: a referring address', () => {
  test.each([
    ['https://www.search.example/', 'search.example', 'https://search.example/'],
    ['https://search.example/find?q=who+am+i', 'search.example', 'https://search.example/find'],
    ['http://forum.example:8080/topic/81723#post', 'forum.example', `http://forum.example/topic/${cut}`],
    ['https://who:pass@mail.example/inbox', 'mail.example', 'https://mail.example/inbox'],
    ['https%3A%2F%2Fsearch.example%2Ffind%3Fq%3Dwho', 'search.example', 'https://search.example/find'],
    ['https://0f8fad5bd9cb469f.hooks.example/in', cut, `https://${cut}/in`],
    ['https://news.example/reset/sunshine', 'news.example', `https://news.example/reset/${cut}`],
  ])('%s is kept as its site and its path', (raw, host, address) => expect(referrerOf(raw)).toEqual({ host, address }))

  test.each([
    '-',
    '',
    'about:blank',
    'android-app://com.example',
    'javascript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    '//x',
  ])('%s is none', (raw) => expect(referrerOf(raw)).toBeUndefined())
})

describe('P-LOG-1: a browser and its version', () => {
  const onMac = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko)'
  const onWindows = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)'
  const onPhone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)'

  test.each([
    ['Firefox 133', 'Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0'],
    ['Firefox 132', 'Mozilla/5.0 (Android 14; Mobile; rv:132.0) Gecko/132.0 Firefox/132.0'],
    ['Firefox 133', `${onPhone} FxiOS/133.0 Mobile/15E148 Safari/605.1.15`],
    ['Chrome 131', `${onWindows} Chrome/131.0.0.0 Safari/537.36`],
    ['Chrome 130', `${onMac} Chrome/130.0.6723.92 Safari/537.36`],
    ['Chrome 131', `${onPhone} CriOS/131.0.6778.73 Mobile/15E148 Safari/604.1`],
    [
      'Chrome 131',
      'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36',
    ],
    ['Edge 131', `${onWindows} Chrome/131.0.0.0 Safari/537.36 Edg/131.0.2903.51`],
    [
      'Edge 130',
      'Mozilla/5.0 (Linux; Android 10; HD1913) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36 EdgA/130.0.2849.80',
    ],
    ['Edge 131', `${onPhone} Version/18.0 EdgiOS/131.0.2903.68 Mobile/15E148 Safari/604.1`],
    ['Opera 114', `${onWindows} Chrome/128.0.0.0 Safari/537.36 OPR/114.0.0.0`],
    [
      'Samsung Internet 26',
      'Mozilla/5.0 (Linux; Android 14; SAMSUNG SM-S918B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/26.0 Chrome/122.0.0.0 Mobile Safari/537.36',
    ],
    ['Yandex 24', `${onWindows} Chrome/126.0.0.0 YaBrowser/24.7.0.0 Safari/537.36`],
    ['Vivaldi 7', `${onWindows} Chrome/130.0.0.0 Safari/537.36 Vivaldi/7.0.3495.11`],
    [
      'Safari 18',
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15',
    ],
    ['Safari 18', `${onPhone} Version/18.1 Mobile/15E148 Safari/604.1`],
    [
      'Safari 17',
      'Mozilla/5.0 (iPad; CPU OS 17_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.6 Mobile/15E148 Safari/604.1',
    ],
    [
      'Chrome 130',
      'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/130.0.6723.69 Safari/537.36',
    ],
  ])('%s, by what it calls itself: %s', (name, userAgent) => {
    expect(browserName(browserOf(userAgent))).toBe(name)
    expect(browserOf(userAgent).robot).toBe(false)
  })

  test.each([
    'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
    'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm) Chrome/116.0.1938.76 Safari/537.36',
    'Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)',
    'Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)',
    'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)',
    'Twitterbot/1.0',
    'TelegramBot (like TwitterBot)',
    'curl/8.11.0',
    'Wget/1.25.0',
    'python-requests/2.32.3',
    'Go-http-client/2.0',
    'okhttp/4.12.0',
    'axios/1.7.7',
    'GuzzleHttp/7 PHP/8.3.14',
    'PostmanRuntime/7.42.0',
    'UptimeRobot/2.0; http://www.uptimerobot.com/',
  ])('%s is a program', (userAgent) => expect(browserOf(userAgent)).toEqual({ family: 'Programs', robot: true }))

  test.each(['-', '', 'x'.repeat(10_000), 'Mozilla/5.0', 'Chrome/', '<script>alert(1)</script>'])(
    'nothing that is known is counted with the others: %.30s',
    (userAgent) => expect(browserOf(userAgent)).toEqual({ family: 'Others', robot: true }),
  )

  test('no more of the version than the major one is kept', () =>
    expect(browserName(browserOf(`${onWindows} Chrome/131.0.6778.86 Safari/537.36`))).toBe('Chrome 131'))
})
