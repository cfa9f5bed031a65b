import type { PicklistOption } from '../../model/field.ts';
import { fold, squash } from '../fold.ts';
import { type Reason, say } from '../reason.ts';
import { changed, flagged, type Setting, type Verdict } from '../types.ts';
import { IdEvidence } from './id-evidence.ts';
import { labelsOf, quoted } from './labels.ts';
import { LiveOptions } from './live-options.ts';
import { type Match, Matcher } from './match.ts';
import { findMentions } from './mentions.ts';
import { type ActivePack, activatePacks, PACK_NAMES } from './packs.ts';
import { isPlaceholder } from './placeholders.ts';
import { flagRetired } from './retired.ts';
import type { PicklistOptions } from './schema.ts';
import { CLOSE, Suggester } from './suggest.ts';
import { ValueMap } from './value-map.ts';

/** Characters beyond the longest option after which a text cannot be one, however it is spaced. */
const SLACK = 1_000;

/** A text that only a new option would do for; `isNamed` where the rules file gives its label. */
export interface Wanted {
  readonly outcome: 'wanted';
  readonly label: string;
  readonly isNamed: boolean;
}

/** Finds the option that a text means. */
export class Meaning {
  readonly options: LiveOptions;
  readonly #addsOptions: boolean;
  readonly #map: ValueMap;
  readonly #packs: readonly ActivePack[];
  /** What a retired option may be short for: too little shows these packs for more than a suggestion. */
  readonly #hints: readonly ActivePack[];
  readonly #matcher: Matcher;
  readonly #retired: Matcher;
  readonly #suggester: Suggester;
  readonly #longest: number;
  /** Options that the map and the merge lead to: these stay, or nothing would come to rest. */
  readonly #resting: ReadonlySet<string>;
  readonly #ids = new IdEvidence();

  constructor(options: PicklistOptions, setting: Pick<Setting, 'target' | 'restorable'>) {
    this.options = new LiveOptions(options, setting);
    const { list, retired, moves, spellings, longestLabel } = this.options;
    this.#addsOptions = options.unknown === 'add-option';
    this.#map = new ValueMap(options.map);
    this.#packs = activatePacks(options.abbreviations, list);
    const isHinted = options.abbreviations === 'auto' && retired.length > 0;
    this.#hints = isHinted ? activatePacks(PACK_NAMES, list) : [];
    this.#matcher = new Matcher(spellings, this.#packs, setting.target.name);
    this.#retired = new Matcher(
      retired.map((option) => ({ text: option.label, option })),
      [],
      '',
    );
    this.#suggester = new Suggester(list);
    const reached = [...this.#map.targets].flatMap((label) => this.options.named(label)?.id ?? []);
    const kept = [...moves.values()].map(({ id }) => id);
    this.#resting = new Set([...reached, ...kept]);
    this.#longest = SLACK + Math.max(this.#map.longestKey, longestLabel);
  }

  /** Every text of the column once, before the first is asked for. */
  observe(text: string): void {
    this.#ids.observe(this.options.withId(text)?.id ?? null);
  }

  evidence(): readonly string[] {
    const packs = this.#packs
      .filter((pack) => !pack.isAsked)
      .map(
        ({ known, title }) =>
          `${known} of the ${this.options.list.length} options are ${title}: their usual names and short forms count`,
      );
    return [...packs, ...(this.#ids.isCertain ? [this.#ids.sentence] : [])];
  }

  /** Labels that the map leads to and no option has. */
  get missing(): readonly string[] {
    return [...this.#map.targets].filter((label) => this.options.named(label) === undefined);
  }

  /** Where the map sends the values of an option; null where they stay. */
  onward({ id, label }: PicklistOption): string | null {
    return this.#resting.has(id) ? null : this.#map.findExact(label);
  }

  find(text: string): Verdict | Wanted {
    if (text.length > this.#longest)
      return flagged(say('tooLong', 'it is much longer than any option'));
    const mapped = this.#map.findExact(text);
    if (mapped !== null && !this.#isResting(text)) return this.#applyMap(mapped);
    const folded = fold(text);
    const match = this.#matcher.find(text, folded);
    if (match.options.length > 0) return this.#accept(match);
    const mappedAlike = this.#map.findFolded(text);
    if (mappedAlike !== null) return this.#applyMap(mappedAlike);
    return this.#findId(text) ?? this.#flagUnfit(text, folded);
  }

  #isResting(text: string): boolean {
    return this.options.list.some(({ id, label }) => label === text && this.#resting.has(id));
  }

  #applyMap(label: string): Verdict | Wanted {
    const option = this.options.named(label);
    if (option !== undefined)
      return this.#choose(option, say('notation', `the rules file maps it to "${option.label}"`));
    return this.#addsOptions
      ? { outcome: 'wanted', label, isNamed: true }
      : flagged(say('unclear', `the rules file maps it to "${label}", which is no live option`));
  }

  #accept({ options, how }: Match): Verdict | Wanted {
    const [first, ...others] = options;
    if (first === undefined) throw new Error('a match without an option');
    if (others.length === 0)
      return this.#settle(first, say('notation', `the option "${first.label}", ${how}`));
    const words = others.every(({ label }) => label === first.label)
      ? `${options.length} options have the text "${first.label}": merge them, or choose one`
      : `${options.length} options fit, ${how}: ${quoted(options)}`;
    return flagged(say('ambiguous', words), labelsOf(options));
  }

  /** A bare number may be an option's id in an export; it counts only where the whole column shows so. */
  #findId(text: string): Verdict | Wanted | null {
    const option = this.options.withId(text);
    if (option === undefined) return null;
    if (this.#ids.isCertain)
      return this.#settle(
        option,
        say('notation', `the id of the option "${option.label}": ${this.#ids.sentence}`),
      );
    return flagged(
      say(
        'ambiguous',
        `no option has this text; it is also the id of "${option.label}", but the column does not show that ids are meant`,
      ),
      [option.label],
    );
  }

  /** An option that the map sends on is passed by, so that the result comes to rest at once. */
  #settle(option: PicklistOption, reason: Reason): Verdict | Wanted {
    const onward = this.onward(option);
    return onward === null ? this.#choose(option, reason) : this.#applyMap(onward);
  }

  #choose(option: PicklistOption, { words, mess }: Reason): Verdict {
    const isRestored = this.options.isRestored(option);
    return changed(option.id, {
      words: isRestored ? `${words}; that option is restored` : words,
      mess,
    });
  }

  /** Says why a text that no option fits is left to a person, unless a new option may be made of it. */
  #flagUnfit(text: string, folded: string): Verdict | Wanted {
    if (isPlaceholder(squash(folded)))
      return flagged(say('nothing', 'it says that nothing is known, not which option'));
    const near = this.#suggester.find(folded);
    const mentioned = findMentions(text, (part) => this.#matcher.findOne(part));
    const candidates = [...mentioned, ...near.map(({ option }) => option)];
    const suggestions = labelsOf(candidates);
    const [retired] = this.#retired.find(text, folded).options;
    if (retired !== undefined) {
      const hinted = this.#hints.flatMap(({ find }) => find(text));
      return flagRetired(retired.label, labelsOf([...hinted, ...candidates]));
    }
    if (text.includes('\uFFFD'))
      return flagged(say('damaged', 'it has letters damaged by a wrong encoding'), suggestions);
    const [first, ...others] = mentioned;
    if (others.length > 0)
      return flagged(
        say('several', `it names ${mentioned.length} options: ${quoted(mentioned)}`),
        suggestions,
      );
    const [best] = near;
    if (best !== undefined && best.score >= CLOSE && (first ?? best.option) === best.option)
      return flagged(
        say('spellings', `close to the option "${best.option.label}", but not the same`),
        suggestions,
      );
    if (this.#addsOptions) return { outcome: 'wanted', label: text, isNamed: false };
    return first === undefined
      ? flagged(say('impossible', 'no option fits'), suggestions)
      : flagged(say('notes', `it says more than the option "${first.label}"`), suggestions);
  }
}
