import { difference } from '../../report/difference.ts';
import { visible } from '../../report/visible.ts';
import type { Half } from '../protocol.ts';
import { element } from './element.ts';

/** Before and after of one value, with what differs marked to the character and what cannot be seen made visible. */
export function beforeAndAfter({ before, after }: Pick<Half, 'before' | 'after'>): {
  before: Node;
  after: Node;
} {
  if (before === null || after === null) return { before: whole(before), after: whole(after) };
  const { head, left, right, tail } = difference(visible(before), visible(after));
  const around = (middle: string, tag: 'del' | 'ins'): Node =>
    element('bdi', {}, head, middle === '' ? null : element(tag, {}, middle), tail);
  return { before: around(left, 'del'), after: around(right, 'ins') };
}

/** A value or a name by itself: where it reads from right to left, what stands around it stays in its order. */
export function whole(value: string | null): Node {
  return value === null ? element('i', {}, 'empty') : element('bdi', {}, visible(value));
}
