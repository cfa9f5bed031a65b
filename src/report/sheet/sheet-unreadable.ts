/** A file that cannot be read as the rows of a review; the message says why, in words that fit behind "it cannot be imported:". */
export class SheetUnreadable extends Error {
  override readonly name = 'SheetUnreadable';
}
