import { describe, expect, it } from 'vitest';
import { textOf } from '../../core/search/fixtures/texts';
import { FakeWorker } from '../fixtures/fake-worker';
import { request } from '../fixtures/searching';
import type { SearchCalls } from '../protocol';
import { WorkerClient } from '../rpc/rpc-client';
import { createSearchHandlers } from './search-handlers';
import { dimensions } from '../model-constants';

const texts = [
  textOf(0, { title: 'Graph codecs' }),
  textOf(1, { title: 'Speech $\\alpha$', abstract: 'A graph.' }),
];

function connect() {
  return new WorkerClient<SearchCalls>(() => new FakeWorker<SearchCalls>(createSearchHandlers()));
}

describe('the search worker', () => {
  it('answers every kind of search through messages', async () => {
    const client = connect();
    expect(await client.call('add', { texts })).toEqual({ size: 2 });
    expect(await client.call('search', request('graph'))).toMatchObject({ kind: 'words', resultCount: 2 });
    expect(await client.call('search', request('-codecs'))).toMatchObject({ kind: 'filter', resultCount: 1 });
    const vector = new Float32Array(dimensions);
    vector[0] = 1;
    const slots = Int32Array.from([0]);
    await client.call('setVectors', { slots, vectors: vector.slice() });
    const combined = await client.call('search', request('graph', vector));
    expect(combined).toMatchObject({ kind: 'combined', cosines: Float32Array.from([1, NaN]) });
  });

  it('reads formulas as words', async () => {
    const client = connect();
    await client.call('add', { texts });
    expect([...(await client.call('search', request('title:alpha'))).slots]).toEqual([1]);
  });

  it('goes on after it was saved, and starts over when it is restored', async () => {
    const client = connect();
    await client.call('add', { texts });
    const { segment } = await client.call('save', {});
    expect(await client.call('remove', { slots: [0] })).toEqual({ size: 1 });
    expect((await client.call('search', request('graph'))).slots).toHaveLength(1);
    expect(await client.call('restore', { segment })).toEqual({ size: 2 });
    expect((await client.call('search', request('graph'))).slots).toHaveLength(2);
    expect(await client.call('restore', { segment: null })).toEqual({ size: 0 });
    expect((await client.call('search', request('graph'))).slots).toHaveLength(0);
  });
});
