import { describe, expect, it } from 'vitest';
import { smallAccount, startTestSandbox } from '../support/sandbox.ts';

const OPTIONS = { fields: 'picklist_options{id,option,deleted_at}' };

describe('the options of a picklist', () => {
  it('are added, renamed, removed and brought back; those not named stay', async () => {
    const now = Date.parse('2026-06-01T12:00:00Z');
    const { patch } = await startTestSandbox(smallAccount(), { now: () => now });
    const { status, data } = await patch(
      '/custom_fields/107',
      {
        picklist_options: [
          { option: 'East' },
          { id: 901, option: 'Far North' },
          { id: 902, _deleted: true },
          { id: 903, _deleted: false },
        ],
      },
      OPTIONS,
    );
    expect(status).toBe(200);
    expect(data['picklist_options']).toEqual([
      { id: 901, option: 'Far North', deleted_at: null },
      { id: 902, option: 'South', deleted_at: '2026-06-01T12:00:00Z' },
      { id: 903, option: 'Old', deleted_at: null },
      { id: 904, option: 'East', deleted_at: null },
    ]);
  });

  it('cannot be brought back where the option says so', async () => {
    const behaviour = { restoresOptions: false };
    const { patch, account } = await startTestSandbox(smallAccount(), { behaviour });
    const edit = { picklist_options: [{ option: 'East' }, { id: 903, _deleted: false }] };
    expect((await patch('/custom_fields/107', edit)).status).toBe(422);
    expect(account).toEqual(smallAccount());
  });

  it.each([
    ['an option that there is not', { id: 999, option: 'x' }],
    ['an option’s id as text', { id: '901', option: 'x' }],
    ['an empty text', { option: ' ' }],
    ['a rename to nothing', { id: 901, option: '' }],
    ['_destroy in the place of _deleted for a new one', { _destroy: true }],
    ['_deleted that is not a boolean', { id: 901, _deleted: 'true' }],
    ['an entry that is no object', 'East'],
  ])('refuse %s, and nothing of the rest is done', async (_case, entry) => {
    const { patch, account } = await startTestSandbox();
    const edit = { name: 'Another', picklist_options: [{ option: 'East' }, entry] };
    expect((await patch('/custom_fields/107', edit)).status).toBe(422);
    expect(account).toEqual(smallAccount());
  });

  it('ignore _destroy, which is the values’ word', async () => {
    const { patch } = await startTestSandbox();
    const edit = { picklist_options: [{ id: 901, _destroy: true }] };
    const { data } = await patch('/custom_fields/107', edit, OPTIONS);
    expect(data['picklist_options']).toContainEqual({ id: 901, option: 'North', deleted_at: null });
  });

  it('belong to picklists only', async () => {
    const { patch } = await startTestSandbox();
    const edit = { picklist_options: [{ option: 'East' }] };
    expect((await patch('/custom_fields/101', edit)).status).toBe(422);
  });
});

describe('a definition', () => {
  it('is written by administrators only', async () => {
    const behaviour = { isAdministrator: false };
    const { patch, get } = await startTestSandbox(smallAccount(), { behaviour });
    const { status, error } = await patch('/custom_fields/101', { name: 'x' });
    expect([status, error]).toEqual([403, expect.stringMatching(/^ForbiddenError/)]);
    expect((await get('/custom_fields/101')).status).toBe(200);
  });

  it('is written under If-Match', async () => {
    const { patch, get } = await startTestSandbox();
    const etag = String((await get('/custom_fields/107')).data['etag']);
    const edit = { picklist_options: [{ option: 'East' }] };
    expect((await patch('/custom_fields/107', edit, {}, { 'If-Match': etag })).status).toBe(200);
    expect((await patch('/custom_fields/107', edit, {}, { 'If-Match': etag })).status).toBe(412);
  });

  it('keeps its type and its parent', async () => {
    const { patch } = await startTestSandbox();
    const edit = { field_type: 'date', parent_type: 'Contact', name: 'Renamed', required: true };
    const fields = 'name,field_type,parent_type,required';
    expect((await patch('/custom_fields/101', edit, { fields })).data).toEqual({
      name: 'Renamed',
      field_type: 'text_line',
      parent_type: 'Matter',
      required: true,
    });
  });

  it('that is deleted or unknown is not written', async () => {
    const account = smallAccount();
    for (const definition of account.definitions) definition.deleted = true;
    const { patch } = await startTestSandbox(account);
    expect((await patch('/custom_fields/107', { name: 'x' })).status).toBe(422);
    expect((await patch('/custom_fields/1', { name: 'x' })).status).toBe(404);
  });
});
