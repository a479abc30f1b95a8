import { expect, it } from 'vitest';
import { KindredError } from '../../../src/errors.ts';
import { zeroWidth } from '../../../src/slack/blocks/text.ts';
import { asSlackError } from '../../../src/slack/slack-error.ts';
import { ownWords } from '../../../src/slack/views/said.ts';

it('leaves what is to be copied from words of ours as it stands', () => {
  const data = { error: 'missing_scope', needed: 'files:write' };
  const error = asSlackError({ code: 'slack_webapi_platform_error', data }) as KindredError;
  expect(error).toBeInstanceOf(KindredError);
  const told = ownWords(`${error.message} ${error.next}`);
  expect(told).toContain('slack/manifest.json');
  expect(told).toContain('https://api.slack.com/apps');
  expect(ownWords('Begin with `kindred segment --as-of 2026-11-01`, as of 2026-11-02.')).toBe(
    'Begin with `kindred segment --as-of 2026-11-01`, as of 2 November 2026.',
  );
});

it('lets nothing live that such words hold from data', () => {
  const told = ownWords('No segment "<!channel>" at https://example.com, see evil.com or `rm *x*`.');
  expect(told).not.toMatch(/<|`|:\/\/|\*|evil\.com/);
  expect(told.replaceAll(zeroWidth, '')).toContain('https://example.com');
});
