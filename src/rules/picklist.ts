import type { PicklistOption } from '../model/field.ts';
import type { Messes } from '../model/mess.ts';
import { fold, squash } from './fold.ts';
import { checkPicklistOptions, retirements } from './picklist/check.ts';
import { IdEvidence } from './picklist/id-evidence.ts';
import { isToldApart, labelsOf, quoted } from './picklist/labels.ts';
import { type Match, Matcher } from './picklist/match.ts';
import { findMentions } from './picklist/mentions.ts';
import { findKept, mergedSpellings, type Moves, resolveMerge } from './picklist/merge.ts';
import { NewOptions } from './picklist/new-options.ts';
import { type ActivePack, activatePacks } from './picklist/packs.ts';
import { isPlaceholder } from './picklist/placeholders.ts';
import { reopened } from './picklist/reopened.ts';
import { type PicklistOptions, picklistOptions } from './picklist/schema.ts';
import { CLOSE, Suggester } from './picklist/suggest.ts';
import { longestOf, ValueMap } from './picklist/value-map.ts';
import { type Reason, say } from './reason.ts';
import {
  changed,
  type Column,
  defineRule,
  flagged,
  newOption,
  type Setting,
  UNCHANGED,
  type Verdict,
} from './types.ts';

export const picklist = defineRule<PicklistOptions>({
  summary: 'finds the option of a picklist that a value means',
  reads: ['picklist', 'text_line', 'text_area', 'numeric'],
  writes: ['picklist'],
  options: picklistOptions,
  column: (options, setting) => new PicklistColumn(options, setting),
  check: (options, { target }) => checkPicklistOptions(options, target),
  retirements: (options, { target }) => retirements(options, target),
});

/** Verdicts remembered, so that a value that thousands of records hold is decided once. */
const MOST_REMEMBERED = 5_000;
/** Characters; a longer value is decided anew each time. */
const LONGEST_REMEMBERED = 200;
/** Characters beyond the longest option after which a text cannot be one, however it is spaced. */
const SLACK = 1_000;

/** A text that only a new option would do for; `isNamed` where the rules file gives its label. */
interface Wanted {
  readonly outcome: 'wanted';
  readonly label: string;
  readonly isNamed: boolean;
}

class PicklistColumn implements Column {
  readonly #source: Setting['source'];
  /** The target's, with those that come back taken for live. */
  readonly #options: readonly PicklistOption[];
  /** Retired ones that a plan restores where a value needs them. */
  readonly #restored: ReadonlySet<string>;
  readonly #isOwnField: boolean;
  readonly #addsOptions: boolean;
  readonly #moves: Moves;
  readonly #live: readonly PicklistOption[];
  readonly #liveById: ReadonlyMap<string, PicklistOption>;
  readonly #sourceById: ReadonlyMap<string, PicklistOption>;
  readonly #map: ValueMap;
  readonly #packs: readonly ActivePack[];
  readonly #matcher: Matcher;
  readonly #retired: Matcher;
  readonly #suggester: Suggester;
  readonly #longest: number;
  readonly #newOptions: NewOptions;
  /** Options that the map and the merge lead to: these stay, or nothing would come to rest. */
  readonly #resting: ReadonlySet<string>;
  readonly #ids = new IdEvidence();
  readonly #remembered = new Map<string, Verdict>();

  constructor(options: PicklistOptions, { source, target, restorable }: Setting) {
    this.#source = source;
    this.#isOwnField = isSameField(source, target);
    this.#addsOptions = options.unknown === 'add-option';
    this.#options = this.#addsOptions ? reopened(target.options, restorable) : target.options;
    this.#restored = new Set(
      this.#options
        .filter(({ retired }, at) => retired !== target.options[at]?.retired)
        .map(({ id }) => id),
    );
    this.#moves = resolveMerge(options.merge, this.#options);
    this.#live = this.#options.filter(({ id, retired }) => !retired && !this.#moves.has(id));
    this.#liveById = byId(this.#live);
    this.#sourceById = byId(source.options);
    this.#map = new ValueMap(options.map);
    this.#packs = activatePacks(options.abbreviations, this.#live);
    const spellings = [
      ...this.#live.map((option) => ({ text: option.label, option })),
      ...mergedSpellings(this.#moves, this.#options),
    ];
    const retired = this.#options.filter((option) => option.retired && !this.#moves.has(option.id));
    this.#matcher = new Matcher(spellings, this.#packs, target.name);
    this.#retired = new Matcher(
      retired.map((option) => ({ text: option.label, option })),
      [],
      '',
    );
    this.#suggester = new Suggester(this.#live);
    const targets = [...this.#map.targets];
    const reached = targets.flatMap((label) => this.#findLive(label)?.id ?? []);
    const kept = [...this.#moves.values()].map(({ id }) => id);
    this.#resting = new Set([...reached, ...kept]);
    const named = targets.filter((label) => this.#findLive(label) === undefined);
    this.#newOptions = new NewOptions(named, (text) => this.#isUnknown(text));
    this.#longest =
      SLACK + Math.max(this.#map.longestKey, longestOf(this.#options.map(({ label }) => label)));
  }

  observe(value: string): void {
    if (this.#isOwnField) return;
    const text = this.#readText(value);
    if (text === undefined) return;
    this.#ids.observe(this.#optionById(text)?.id ?? null);
    if (this.#addsOptions) this.#newOptions.observe(text);
  }

  evidence(): readonly string[] {
    const packs = this.#packs
      .filter((pack) => !pack.isAsked)
      .map(
        ({ known, title }) =>
          `${known} of the ${this.#live.length} options are ${title}: their usual names and short forms count`,
      );
    const added = this.#addsOptions ? this.#newOptions.count() : 0;
    return [
      ...packs,
      ...(this.#ids.isCertain ? [this.#ids.sentence] : []),
      ...(added > 0
        ? [`${added} new ${added === 1 ? 'option' : 'options'} for values that no option fits`]
        : []),
    ];
  }

  decide(value: string): Verdict {
    const known = this.#remembered.get(value);
    if (known !== undefined) return known;
    const verdict = this.#isOwnField ? this.#decideOption(value) : this.#decideValue(value);
    if (value.length <= LONGEST_REMEMBERED && this.#remembered.size < MOST_REMEMBERED)
      this.#remembered.set(value, verdict);
    return verdict;
  }

  /** The field's own value, an option's id: it stays, unless the rules file moves it or the option is retired. */
  #decideOption(id: string): Verdict {
    const option = this.#sourceById.get(id);
    if (option === undefined) return this.#flagLostOption();
    const kept = this.#moves.get(id);
    if (kept !== undefined) return changed(kept.id, say('notation', sayMerged(option, kept)));
    const isMapped = !this.#resting.has(id) && this.#map.findExact(option.label) !== null;
    if (option.retired) return asRetired(this.#decideRetired(option));
    return isMapped ? this.#decideText(option.label) : UNCHANGED;
  }

  /** An option is restored for values that come to it; those that stand on it already say nothing of whether it should be. */
  #decideRetired({ id, label }: PicklistOption): Verdict {
    const verdict = this.#decideText(label);
    const isItself = verdict.outcome === 'changed' && verdict.after === id;
    return isItself ? flagRetired(label) : verdict;
  }

  /** A value of another field: a text, or the label of another picklist's option. */
  #decideValue(value: string): Verdict {
    const text = this.#readText(value);
    return text === undefined ? this.#flagLostOption() : this.#decideText(text);
  }

  #decideText(text: string): Verdict {
    const finding = this.#findMeaning(text);
    return finding.outcome === 'wanted' ? this.#addOption(finding) : finding;
  }

  #findMeaning(text: string): Verdict | Wanted {
    if (text.length > this.#longest)
      return flagged(say('tooLong', 'it is much longer than any option'));
    const mapped = this.#map.findExact(text);
    if (mapped !== null && !this.#isResting(text)) return this.#applyMap(mapped);
    const folded = fold(text);
    const match = this.#matcher.find(text, folded);
    if (match.options.length > 0) return this.#accept(match);
    const mappedAlike = this.#map.findFolded(text);
    if (mappedAlike !== null) return this.#applyMap(mappedAlike);
    return this.#decideId(text) ?? this.#flagUnfit(text, folded);
  }

  /** An option that the map sends on is passed by, so that the result comes to rest at once. */
  #settle(option: PicklistOption, reason: Reason): Verdict | Wanted {
    const onward = this.#resting.has(option.id) ? null : this.#map.findExact(option.label);
    return onward === null ? this.#choose(option, reason) : this.#applyMap(onward);
  }

  #choose({ id }: PicklistOption, { words, mess }: Reason): Verdict {
    return changed(id, {
      words: this.#restored.has(id) ? `${words}; that option is restored` : words,
      mess,
    });
  }

  #isResting(text: string): boolean {
    return this.#live.some(({ id, label }) => label === text && this.#resting.has(id));
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

  #applyMap(label: string): Verdict | Wanted {
    const option = this.#findLive(label);
    if (option !== undefined)
      return this.#choose(option, say('notation', `the rules file maps it to "${option.label}"`));
    return this.#addsOptions
      ? { outcome: 'wanted', label, isNamed: true }
      : flagged(say('unclear', `the rules file maps it to "${label}", which is no live option`));
  }

  /** A bare number may be an option's id in an export; it counts only where the whole column shows so. */
  #decideId(text: string): Verdict | Wanted | null {
    const option = this.#optionById(text);
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

  /** Says why a text that no option fits is left to a person, unless a new option may be made of it. */
  #flagUnfit(text: string, folded: string): Verdict | Wanted {
    if (isPlaceholder(squash(folded)))
      return flagged(say('nothing', 'it says that nothing is known, not which option'));
    const near = this.#suggester.find(folded);
    const mentioned = findMentions(text, (part) => this.#matcher.findOne(part));
    const suggestions = labelsOf([...mentioned, ...near.map(({ option }) => option)]);
    const [retired] = this.#retired.find(text, folded).options;
    if (retired !== undefined) return flagRetired(retired.label, suggestions);
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

  #isUnknown(text: string): boolean {
    const finding = this.#findMeaning(text);
    return finding.outcome === 'wanted' && !finding.isNamed;
  }

  #addOption({ label, isNamed }: Wanted): Verdict {
    const chosen = this.#newOptions.choose(label);
    if (chosen.kind === 'refused') return flagged(chosen.reason, chosen.suggestions);
    const words = isNamed
      ? `the rules file maps it to "${chosen.label}", a new option`
      : 'no option fits: a new one';
    return newOption(chosen.label, say('notation', words));
  }

  #flagLostOption(): Verdict {
    return flagged(say('retired', `it is an option that "${this.#source.name}" no longer has`));
  }

  #readText(value: string): string | undefined {
    return this.#source.fieldType === 'picklist' ? this.#sourceById.get(value)?.label : value;
  }

  #optionById(text: string): PicklistOption | undefined {
    return this.#liveById.get(text.trim());
  }

  #findLive(label: string): PicklistOption | undefined {
    const option = findKept(label, this.#options);
    return option === undefined ? undefined : (this.#moves.get(option.id) ?? option);
  }
}

/** Options of one text are told by their ids. */
function sayMerged(option: PicklistOption, kept: PicklistOption): string {
  return isToldApart(option.label, kept.label)
    ? `"${option.label}" is merged into "${kept.label}"`
    : `"${option.label}" (option ${option.id}) is merged into option ${kept.id} of the same text`;
}

function flagRetired(label: string, suggestions: readonly string[] = []): Verdict {
  const words = `the option "${label}" is retired: have it offered again, or map the value to one that is`;
  return flagged(say('retired', words), suggestions);
}

/** Whatever its text fits: what is the matter is that nobody may choose the option any more. */
function asRetired(verdict: Verdict): Verdict {
  return verdict.outcome === 'unchanged' ? verdict : { ...verdict, mess: RETIRED };
}

const RETIRED: Messes = ['retired'];

function isSameField(source: Setting['source'], target: Setting['target']): boolean {
  if (source === target) return true;
  return (
    source.fieldType === target.fieldType &&
    source.name === target.name &&
    source.options.length === target.options.length &&
    source.options.every(({ id }, at) => id === target.options[at]?.id)
  );
}

function byId(options: readonly PicklistOption[]): ReadonlyMap<string, PicklistOption> {
  return new Map(options.map((option) => [option.id, option]));
}
