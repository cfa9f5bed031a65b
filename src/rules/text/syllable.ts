/**
 * Whether letters could be a word or a name: consonants before the first vowel and behind the last one as English
 * and the names in its records have them. "CNA" and "ICW" could not; "ESIS" could.
 */
export function isSpeakable(lower: string): boolean {
  // Letters with accents make words, not initials.
  if (!/^[a-z]+$/.test(lower)) return true;
  if (/^[aeiou]{3,}$/.test(lower)) return lower === 'eau';
  const [front = ''] = /^(?:y(?=[aeiou]))?(?:qu|[^aeiouy])*/.exec(lower) ?? [];
  const [end = ''] = /[^aeiouy]*$/.exec(lower) ?? [];
  if (front.length === lower.length) return false;
  return isOnset(front) && isCoda(end);
}

function isOnset(consonants: string): boolean {
  return consonants.length < 2 || ONSETS.has(consonants);
}

function isCoda(consonants: string): boolean {
  for (let at = 1; at < consonants.length; at += 1)
    if (!CODA_PAIRS.has(consonants.slice(at - 1, at + 1))) return false;
  return true;
}

const ONSETS = new Set(
  (
    'bh bj bl br ch chr chl cl cr cs cz dh dj dm dr dv dw dz fj fl fr gh gl gn gr gw hr hs hv hw kh khr kj kl kn kr ' +
    'kv kw lh ll mb mc ml mn mr mw nd ng ngh nh nj nk nt ph phl phr pf pfl pl pr ps pt qu rh rz sc sch schl schm schn ' +
    'schr schw scr sh shr shl shm shn sk skr sl sm sn sp sph spl spr sq squ sr st str sv sw sz szcz th thr thw tj tl tr ' +
    'ts tsch tw tz vl vr wh wl wr xh zb zd zh zl zm zn zv zw zs'
  ).split(' '),
);
const CODA_PAIRS = new Set(
  (
    'bb bs bt ch ck cs ct cz dd ds dt dz ff fs ft gg gh gn gs hl hm hn hr hs ht kh kk ks lb lc ld lf lg lk ll lm ln lp ' +
    'ls lt lv lz mb mm mn mp ms nc nd ng nk nn ns nt nx nz ph pp ps pt rb rc rd rf rg rh rj rk rl rm rn rp rr rs rt rv ' +
    'rx rz sc sh sk sm sn sp ss st sz tch tc th ts tt tz wd wk wl wn ws wt xt zz ns kl hk vs dh bh hd'
  ).split(' '),
);
