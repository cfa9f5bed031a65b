import { Chalk, type ChalkInstance } from 'chalk';
import { table, type TableColumn, wrap } from '../table.ts';
import type { Look } from '../types.ts';

/** What every text view needs of the place where it will be read: its paint and its width in characters. */
export class Page {
  readonly paint: ChalkInstance;
  readonly columns: number;
  readonly hasColor: boolean;
  readonly isScreen: boolean;

  constructor({ hasColor, columns, isScreen }: Look) {
    this.hasColor = hasColor;
    this.isScreen = isScreen;
    this.paint = new Chalk({ level: hasColor ? 1 : 0 });
    this.columns = columns;
  }

  /** `text` in lines that fit, each indented and painted. */
  indented(
    text: string,
    indent: number,
    paint: (line: string) => string = (line) => line,
  ): string[] {
    const margin = ' '.repeat(indent);
    return wrap(text, this.columns - indent).map((line) => `${margin}${paint(line)}\n`);
  }

  /** `text` behind `lead`, its further lines below its first: `lead` is `width` characters wide, paint not counted. */
  hanging(lead: string, width: number, text: string): string[] {
    return wrap(text, this.columns - width).map(
      (line, index) => `${index === 0 ? lead : ' '.repeat(width)}${line}\n`,
    );
  }

  table(columns: readonly TableColumn[], rows: readonly (readonly string[])[]): Iterable<string> {
    return table(columns, rows, this.columns, this.paint.bold);
  }
}

export function number(count: number): string {
  return count.toLocaleString('en-US');
}
