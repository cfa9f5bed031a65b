import type { Opening } from '../protocol.ts';
import { ask } from './ask.ts';
import { Notices } from './notices.ts';
import { ReviewPage } from './review-page.ts';

const notices = new Notices();
document.body.append(notices.element);
await notices.attempt(async () =>
  new ReviewPage(await ask<Opening>('opening'), notices).show(document.body),
);
