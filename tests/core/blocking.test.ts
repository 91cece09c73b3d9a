import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { blockedTarget, covering } from '../../core/orders/blocking.ts'

/** Each of these leads to the same page as the first, or to what lies under it. */
const waysTo = (by: string, links: string): [string, string][] => links.split(' ').map((link) => [by, `https://${link}`])

/** Where somebody called `alice` is, network by network. */
const profiles = [
  ...['facebook.com/alice', 'facebook.com/groups/alice', 'facebook.com/pg/alice', 'instagram.com/alice', 'instagram.com/_u/alice'],
  ...[
    'x.com/alice',
    'x.com/intent/user?screen_name=alice',
    'youtube.com/@alice',
    'youtube.com/c/alice',
    'youtube.com/channel/alice',
  ],
  ...['t.me/alice', 't.me/boost/alice', 'tiktok.com/@alice', 'threads.net/@alice', 'reddit.com/user/alice', 'reddit.com/r/alice'],
  ...['linkedin.com/in/alice', 'linkedin.com/company/alice', 'open.spotify.com/artist/alice', 'twitch.tv/alice', 'kick.com/alice'],
  ...['pinterest.com/alice', 'snapchat.com/add/alice', 'discord.gg/alice', 'vk.com/alice', 'soundcloud.com/alice'],
  ...['network.example.com/@alice', 'forum.example.com/profile.php?id=alice'],
]
/** What a profile is not. */
const things = [
  ...['facebook.com/profile.php?id=42000', 'facebook.com/story.php?story_fbid=98765&id=42000', 'facebook.com/watch/?v=98765'],
  ...['instagram.com/p/CxYz1', 'x.com/alice/status/12345', 'youtube.com/watch?v=dQw4w9WgXcQ', 'youtube.com/playlist?list=PL1'],
  ...['tiktok.com/@alice/video/7234', 'reddit.com/r/x/comments/1abc/title', 'vk.com/wall42_1', 'twitch.tv/alice/clip/Xyz'],
  ...['linkedin.com/posts/alice_title-activity-7123-abcd', 'open.spotify.com/playlist/4uLU', 'forum.example.com/member.php?u=42'],
]
const hosts = [...new Set([...profiles, ...things].map((target) => target.split('/')[0] ?? ''))]

const isCovered = (by: string, link: string) => covering(link).includes(blockedTarget(by) ?? '')

describe('a blocked target', () => {
  test.each([
    ['https://www.instagram.com/Alice/', 'https://instagram.com/alice?igsh=x'],
    ['instagram.com/alice', 'https://instagram.com/alice/reel/abc'],
    ['https://twitter.com/alice', 'https://x.com/Alice/status/12345'],
    ['https://www.tiktok.com/@alice', 'https://m.tiktok.com/@alice/video/723?is_from_webapp=1'],
    ['https://youtu.be/dQw4w9WgXcQ', 'https://www.youtube.com/watch?v=dQw4w9WgXcQ&list=PL1'],
    ['https://youtube.com/shorts/dQw4w9WgXcQ', 'https://youtu.be/dQw4w9WgXcQ?si=share'],
    ['https://facebook.com/profile.php?id=1234', 'https://fb.com/profile.php?id=1234'],
    ['https://t.me/alice', 'https://telegram.me/s/alice/42'],
    ['https://www.reddit.com/user/alice', 'https://old.reddit.com/u/Alice/'],
    ['https://new.reddit.com/r/alice', 'https://reddit.com/r/alice/comments/1abc/title'],
    ['https://redd.it/1abc', 'https://np.reddit.com/comments/1abc'],
    ['https://linkedin.com/in/alice', 'https://de.linkedin.com/in/alice/?originalSubdomain=de'],
    ['https://facebook.com/alice', 'https://fb.me/alice'],
    ['https://facebook.com/alice', 'https://web.facebook.com/alice/photos'],
    ['https://facebook.com/alice', 'https://de-de.facebook.com/alice'],
    ['https://facebook.com/alice', 'https://mbasic.facebook.com/alice'],
    ['https://x.com/alice', 'https://mobile.twitter.com/alice'],
    ['https://pinterest.com/alice', 'https://www.pinterest.co.uk/alice/'],
    ['https://t.me/alice', 'https://alice.t.me/42'],
    ['https://youtu.be/dQw4w9WgXcQ', 'https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ'],
    ['https://youtu.be/dQw4w9WgXcQ', 'https://music.youtube.com/watch?list=PL1&v=dQw4w9WgXcQ&lc=Ugx'],
    ['https://instagram.com/alice', 'https://instagram.com/%61l%69ce'],
    ['https://instagram.com/alice', 'http://instagram.com.:443//alice'],
    ['https://bücher.de/alice', 'https://xn--bcher-kva.de/ALICE'],
    ['https://photos.example.com/p/1', 'http://photos.example.com/p/1/?utm_source=x'],
    ...waysTo('facebook.com/alice', 'facebook.com/pg/alice facebook.com/pg/alice/posts facebook.com/watch/alice'),
    ...waysTo('facebook.com/alice', 'facebook.com/#!/alice facebook.com/alice/posts/title-of-it/123456 facebook.com/@alice'),
    ...waysTo('facebook.com/profile.php?id=42000', 'facebook.com/profile.php?id=42000&x=1 facebook.com/42000/photos'),
    ...waysTo(
      'facebook.com/profile.php?id=42000',
      'facebook.com/profile.php?id=7777&id=42000 facebook.com/profile.php?v=1234&id=42000',
    ),
    ...waysTo('facebook.com/profile.php?id=42000', 'facebook.com/people/Alice-Example/42000/ facebook.com/p/Alice-Example-42000'),
    ...waysTo(
      'facebook.com/profile.php?id=42000',
      'facebook.com/story.php?story_fbid=98765&id=42000 facebook.com/profile.php/x?id=42000',
    ),
    ...waysTo(
      'facebook.com/profile.php?id=42000123456',
      'facebook.com/Alice-Example-42000123456/about facebook.com/stories/42000123456/x',
    ),
    ...waysTo('facebook.com/story.php?story_fbid=98765&id=42000', 'facebook.com/42000/posts/98765?comment_id=1 facebook.com/98765'),
    ...waysTo(
      'facebook.com/watch/?v=98765',
      'facebook.com/watch/live/?ref=x&v=98765 facebook.com/alice/videos/98765 facebook.com/reel/98765',
    ),
    ...waysTo(
      'facebook.com/groups/alice',
      'facebook.com/groups/alice/permalink/98765 facebook.com/groups/alice?multi_permalinks=1',
    ),
    ...waysTo(
      'instagram.com/alice',
      'instagram.com/stories/alice/1 instagram.com/_u/alice instagram.com/_n/alice instagram.com/@alice',
    ),
    ...waysTo(
      'instagram.com/alice',
      'instagram.com/%40alice instagram.com/alice/p/CxYz1 instagram.com/alice/tagged/ instagram.com/stories/@alice',
    ),
    ...waysTo('instagram.com/_u/alice', 'instagram.com/alice instagram.com/alice/reels/'),
    ...waysTo(
      'instagram.com/p/CxYz1',
      'instagram.com/reel/CxYz1 instagram.com/tv/CxYz1 instagram.com/alice/reel/CxYz1/?img_index=2',
    ),
    ...waysTo(
      'youtube.com/@alice',
      'youtube.com/c/alice youtube.com/user/alice/videos youtube.com/alice youtube.com/%40Alice/shorts',
    ),
    ...waysTo('youtube.com/user/alice', 'youtube.com/@alice m.youtube.com/c/alice youtube.com/subscription_center?add_user=alice'),
    ...waysTo('youtube.com/channel/UCabc', 'youtube.com/channel/UCabc/community youtube.com/embed/live_stream?channel=UCabc'),
    ...waysTo(
      'youtu.be/dQw4w9WgXcQ',
      'youtube.com/watch/dQw4w9WgXcQ youtube.com/e/dQw4w9WgXcQ youtube.com/watch_popup?v=dQw4w9WgXcQ',
    ),
    ...waysTo('youtube.com/playlist?list=PL1', 'youtube.com/playlist?list=PL1&x=2 youtube.com/embed/videoseries?list=PL1'),
    ...waysTo(
      'x.com/alice',
      'x.com/intent/user?screen_name=alice x.com/intent/follow?x=1&screen_name=Alice x.com/@alice x.com/#!/alice',
    ),
    ...waysTo('x.com/i/user/42', 'x.com/intent/user?user_id=42'),
    ...waysTo(
      'x.com/alice/status/12345',
      'x.com/i/web/status/12345 x.com/bob/status/12345/photo/1 x.com/intent/like?tweet_id=12345',
    ),
    ...waysTo('t.me/alice', 't.me/boost/alice t.me/s/alice/4 t.me/@alice alice.t.me t.me/alice?boost'),
    ...waysTo('t.me/joinchat/AbC', 't.me/+AbC telegram.me/%2BAbC'),
    ...waysTo('tiktok.com/@alice', 'tiktok.com/embed/@alice tiktok.com/@alice/live tiktok.com/%40alice/photo/7234'),
    ...waysTo(
      'tiktok.com/@alice/video/7234',
      'tiktok.com/embed/v2/7234 tiktok.com/@/video/7234 m.tiktok.com/v/7234.html tiktok.com/share/video/7234',
    ),
    ...waysTo('threads.net/@alice', 'threads.com/@alice/post/Cx threads.net/alice'),
    ...waysTo('threads.net/@alice/post/Cx', 'threads.net/t/Cx'),
    ...waysTo(
      'twitch.tv/alice',
      'twitch.tv/popout/alice/chat twitch.tv/moderator/alice player.twitch.tv/?channel=alice twitch.tv/alice/clip/X',
    ),
    ...waysTo('clips.twitch.tv/Xyz', 'twitch.tv/alice/clip/Xyz clips.twitch.tv/embed?clip=Xyz'),
    ...waysTo(
      'open.spotify.com/artist/4uLU',
      'open.spotify.com/intl-de/artist/4uLU open.spotify.com/embed/artist/4uLU?utm_source=x',
    ),
    ...waysTo('open.spotify.com/playlist/4uLU', 'open.spotify.com/user/alice/playlist/4uLU'),
    ...waysTo('linkedin.com/in/alice', 'linkedin.com/mwlite/in/alice linkedin.com/posts/alice_a-title-activity-7123-abcd'),
    ...waysTo('linkedin.com/school/alice', 'linkedin.com/company/alice/about linkedin.com/showcase/alice'),
    ...waysTo(
      'linkedin.com/posts/alice_title-activity-7123-abcd',
      'linkedin.com/feed/update/urn:li:activity:7123 linkedin.com/feed/update/urn%3Ali%3Aactivity%3A7123/',
    ),
    ...waysTo('reddit.com/user/alice', 'reddit.com/r/u_alice/comments/1abc/title reddit.com/user/alice/comments/1abc'),
    ...waysTo('reddit.com/r/x/comments/1abc/title', 'redd.it/1abc reddit.com/gallery/1abc reddit.com/comments/1abc/other/comment'),
    ...waysTo('pinterest.com/pin/123', 'pinterest.de/pin/a-title--123/'),
    ...waysTo('discord.gg/abc', 'discord.com/invite/abc?event=1 discordapp.com/invite/abc'),
    ...waysTo('snapchat.com/add/alice', 'snapchat.com/@alice story.snapchat.com/@alice/x'),
    ...waysTo('vk.com/id42', 'vk.com/wall42_1 vk.com/feed?w=wall42_1 vk.com/photo42_7?rev=1 vkvideo.ru/video42_9'),
    ...waysTo('vk.com/public7', 'vk.com/club7 vk.com/wall-7_1 vk.com/somebody?w=wall-7_1'),
    ...waysTo('kick.com/alice', 'kick.com/popout/alice/chat'),
    ...waysTo(
      'network.example.com/@alice',
      'network.example.com/users/alice network.example.com/web/@alice/1 network.example.com/alice',
    ),
    ...waysTo(
      'forum.example.com/profile.php?id=42',
      'forum.example.com/profile.php?id=42&x=1 forum.example.com/profile.php?a=b&v=1&id=42',
    ),
    ...waysTo('forum.example.com/member.php?u=42', 'forum.example.com/member.php?u=42&s=1'),
  ])('%s covers %s', (by, link) => {
    expect(isCovered(by, link)).toBe(true)
  })

  test.each([
    ['https://instagram.com/alice', 'https://instagram.com/alice2'],
    ['https://instagram.com/alice/reel/abc', 'https://instagram.com/alice'],
    ['https://instagram.com/alice', 'https://tiktok.com/alice'],
    ['https://facebook.com/profile.php?id=1234', 'https://facebook.com/profile.php?id=12345'],
    ['https://youtu.be/aaaaaaaaaaa', 'https://youtu.be/bbbbbbbbbbb'],
    ['https://tiktok.com/alice', 'https://vm.tiktok.com/alice'],
    ['https://instagram.com/alice', 'https://instagram.com.example.com/alice'],
    ['https://alice.example.com/x', 'https://bob.example.com/x'],
    ['https://facebook.com/alice', 'https://facebook.com/groups/alice'],
    ['https://facebook.com/alice', 'https://facebook.com/hashtag/alice'],
    ['https://facebook.com/profile.php?id=42000&v=info', 'https://facebook.com/profile.php?id=43000&v=info'],
    ['https://instagram.com/alice', 'https://instagram.com/explore/tags/alice'],
    ['https://instagram.com/alice', 'https://instagram.com/p/alice'],
    ['https://instagram.com/alice/reel/CxYz1', 'https://instagram.com/alice/reel/CxYz2'],
    ['https://x.com/alice/status/12345', 'https://x.com/alice/status/12346'],
    ['https://x.com/intent/user?screen_name=alice', 'https://x.com/intent/user?screen_name=bob'],
    ['https://youtube.com/@alice', 'https://youtube.com/channel/alice'],
    ['https://youtube.com/playlist?list=PL1', 'https://youtube.com/watch?v=dQw4w9WgXcQ&list=PL1'],
    ['https://linkedin.com/in/alice', 'https://linkedin.com/company/alice'],
    ['https://reddit.com/user/alice', 'https://reddit.com/r/alice'],
    ['https://twitch.tv/alice', 'https://twitch.tv/team/alice'],
    ['https://open.spotify.com/artist/4uLU', 'https://open.spotify.com/album/4uLU'],
    ['https://vk.com/id7', 'https://vk.com/wall-7_1'],
    ['https://forum.example.com/member.php?u=42', 'https://forum.example.com/member.php?u=43'],
    ['https://network.example.com/alice', 'https://network.example.com/hashtag/alice'],
  ])('%s does not cover %s', (by, link) => {
    expect(isCovered(by, link)).toBe(false)
  })

  test.each([
    ...['https://instagram.com', 'https://instagram.com/p/', 'https://youtube.com/watch', 'javascript:alert(1)', 'alice', ''],
    ...['facebook.com/profile.php', 'facebook.com/pg', 'instagram.com/_u', 'instagram.com/stories/highlights', 'x.com/intent/user'],
    ...['x.com/i/status', 't.me/boost', 'twitch.tv/popout', 'open.spotify.com/intl-de/artist', 'linkedin.com/feed/update'],
    ...['reddit.com/comments', 'youtube.com/c', 'vk.com/feed', 'tiktok.com/embed/v2', 'https://instagram.com/?hl=de'],
  ])('is never a whole network, and always a link: %s', (typed) => {
    expect(blockedTarget(typed)).toBeUndefined()
  })

  test('covers a page however its address is written', () => {
    const anyOf = (...from: string[]) => fc.constantFrom(...from)
    const spellings = fc.record({
      scheme: anyOf('https://', 'http://', 'HTTPS://'),
      before: anyOf('', 'www.', 'm.', 'mobile.', 'de.', 'WWW.'),
      name: anyOf('facebook.com', 'Facebook.COM', 'fb.com', 'facebook.com.', 'facebook.com:443'),
      page: anyOf('/alice', '//alice/', '/ALICE', '/%61lice', '/x/../alice', '/alice/photos', '/alice?fbclid=1', '/alice?v=2#top'),
    })
    fc.assert(
      fc.property(spellings, spellings, (one, other) => {
        const written = ({ scheme, before, name, page }: typeof one) => `${scheme}${before}${name}${page}`
        const by = blockedTarget(written({ ...one, page: one.page.replace('/photos', '') }))
        expect(covering(written(other))).toContain(by)
      }),
    )
  })

  test('stays blocked whatever parameters are added, in whatever order', () => {
    const word = fc.stringMatching(/^[a-z]{1,8}$/)
    const naming = fc.constantFrom('id', 'v', 'u', 'list', 'screen_name', 'channel', 'w', 'story_fbid', 'username', 'tweet_id')
    const value = fc.oneof(word, fc.constantFrom('1', '123456', 'wall5_1'))
    const added = fc.array(fc.tuple(fc.oneof(word, naming), value), { maxLength: 6 })
    const targets = [...profiles, ...things].filter((target) => !/[?].*[?]/.test(target))
    fc.assert(
      fc.property(fc.constantFrom(...targets), added, fc.boolean(), (target, more, isBefore) => {
        const url = new URL(`https://${target}`)
        const parameters = isBefore ? [...more, ...url.searchParams] : [...url.searchParams, ...more]
        const query = parameters.map(([name, value]) => `${name}=${value}`).join('&')
        expect(covering(`${url.origin}${url.pathname}?${query}`)).toContain(blockedTarget(target))
      }),
      { numRuns: 2_000 },
    )
  })

  test('is covered by itself, and is blocked once however often its spelling is taken for a link', () => {
    const link = fc.oneof(
      fc.constantFrom(...profiles, ...things),
      fc.tuple(fc.constantFrom(...profiles), fc.webPath()).map((parts) => parts.join('')),
      fc
        .tuple(fc.constantFrom(...hosts), fc.webPath(), fc.webQueryParameters())
        .map(([host, path, query]) => `${host}${path}?${query}`),
    )
    fc.assert(
      fc.property(link, (written) => {
        const target = blockedTarget(written)
        if (target === undefined) return
        expect(covering(`https://${written}`)).toContain(target)
        expect(blockedTarget(target)).toBe(target)
      }),
      { numRuns: 2_000 },
    )
  })

  test('of a profile covers whatever lies under it, and never a profile of another name', () => {
    const name = fc.stringMatching(/^[a-z]{5}[a-z0-9]{3,6}$/)
    fc.assert(
      fc.property(fc.constantFrom(...profiles), name, name, fc.webSegment(), (profile, alice, bob, behind) => {
        fc.pre(alice !== bob && behind !== '')
        const of = (somebody: string) => profile.replace('alice', somebody)
        expect(covering(`https://${of(alice)}`)).toContain(blockedTarget(of(alice)))
        expect(covering(`https://${of(bob)}`)).not.toContain(blockedTarget(of(alice)))
        if (!profile.includes('?') && behind !== '..' && behind !== '.')
          expect(covering(`https://${of(alice)}/~${encodeURIComponent(behind)}`)).toContain(blockedTarget(of(alice)))
      }),
    )
  })

  test('is asked for in few reads, in six at most where no parameter names anybody', () => {
    expect(covering(`https://x.example.com/${'deep/'.repeat(50)}`).length).toBeLessThanOrEqual(6)
    for (const target of [...profiles, ...things]) expect(covering(`https://${target}`).length, target).toBeLessThanOrEqual(6)
    const many = Array.from({ length: 500 }, (_, index) => `id=${index}&v=${index}&channel=${index}`).join('&')
    for (const host of hosts) expect(covering(`https://${host}/watch?${many}`).length).toBeLessThanOrEqual(50)
  })
})
