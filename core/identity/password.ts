/** Passwords that people type first; all satisfy the other rules. Lower case. */
const common = new Set([
  'password12',
  'password123',
  'password1234',
  'qwerty12345',
  'qwertyuiop1',
  '1q2w3e4r5t',
  'abc1234567',
  'iloveyou12',
  'welcome123',
  'admin12345',
  'letmein1234',
])

/** 10 to 256 characters with a letter and a digit, and not one of the first that anybody would try. */
export const strongEnough = (password: string): boolean =>
  password.length >= 10 &&
  password.length <= 256 &&
  /\p{L}/u.test(password) &&
  /\d/.test(password) &&
  !common.has(password.toLowerCase())
