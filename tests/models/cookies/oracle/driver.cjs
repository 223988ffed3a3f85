// Runs cases on tough-cookie: a line of JSON in, a line of JSON out. Usage: node driver.cjs FOLDER NOW
// FOLDER has node_modules/tough-cookie; NOW is the time that it is told, in seconds since 1970.
'use strict'
const path = require('node:path')
const readline = require('node:readline')

const now = Number(process.argv[3]) * 1000
globalThis.Date = class extends Date {
  constructor(...given) { given.length ? super(...given) : super(now) }
  static now() { return now }
}
const { CookieJar, version } = require(path.resolve(process.argv[2], 'node_modules/tough-cookie'))

const OPTIONS = {
  'RFC 6265': { looseMode: false, prefixSecurity: 'unsafe-disabled', enforceSecureOriginOnStorage: false },
  'RFC 6265bis': { looseMode: true, prefixSecurity: 'silent', enforceSecureOriginOnStorage: true },
}

function stored(cookie) {
  const time = cookie.expiryTime()
  return {
    name: cookie.key, value: cookie.value, domain: cookie.domain, path: cookie.path, hostOnly: cookie.hostOnly,
    secure: cookie.secure, httpOnly: cookie.httpOnly, sameSite: cookie.sameSite ?? 'default',
    expiry: !cookie.isPersistent() ? null : Number.isFinite(time) ? time / 1000 : time > 0 ? 'far' : 'gone',
  }
}

function run({ edition, steps }) {
  const jar = new CookieJar(undefined, { allowSecureOnLocal: false, ...OPTIONS[edition] })
  const bis = edition === 'RFC 6265bis'
  const sent = []
  for (const { url, sets, script, sending, setting } of steps) {
    const options = { http: !script }
    sent.push(jar.getCookiesSync(url, { ...options, sort: true, ...(bis && { sameSiteContext: sending }) })
      .map((cookie) => cookie.cookieString()).join('; '))
    for (const text of sets) {
      try {
        jar.setCookieSync(text, url, { ...options, ...(bis && { sameSiteContext: setting }) })
      } catch { /* ignored: it is not stored */ }
    }
  }
  const all = []
  jar.store.getAllCookies((error, cookies) => all.push(...cookies))
  return { sent, stored: all.map(stored) }
}

console.log(JSON.stringify({ version }))
readline.createInterface({ input: process.stdin }).on('line', (line) => {
  console.log(JSON.stringify(run(JSON.parse(line))))
})
