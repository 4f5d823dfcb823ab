import { describe, expect, it } from 'vitest';
import { linkToken, safeNext } from '../../ui/sign-in/link-token.js';

describe('after signing in', () => {
  it.each([
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    'javascript:alert(1)',
    '/sign-in?next=/x',
    undefined,
  ])('an address outside of the house is never followed: %s', (next) => {
    expect(safeNext(next)).toBe('/');
  });

  it('the page that was asked for is opened, with its state', () => {
    expect(safeNext('/inbox?assignee=me')).toBe('/inbox?assignee=me');
  });
});

describe('a one-time link', () => {
  it.each([
    [{ hash: '#abc123', search: '' }, 'abc123'],
    [{ hash: '#token=abc123', search: '' }, 'abc123'],
    [{ hash: '', search: '?token=abc123' }, 'abc123'],
    [{ hash: '', search: '' }, ''],
    [{ hash: '#other=1', search: '' }, ''],
  ])('gives its token wherever it stands: %j', (location, token) => {
    expect(linkToken(location)).toBe(token);
  });
});
