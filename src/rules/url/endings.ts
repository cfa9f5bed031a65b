/**
 * Whether an address may end like this, so that "example.org" is read as an address and "Smith.Jones" is not.
 * Endings that are file extensions too (.zip, .py, .md, .sh, .pl, .rs, .ps) need a scheme or "www." to be believed.
 */
export function isKnownEnding(label: string): boolean {
  return COUNTRIES.has(label) || GENERIC.has(label) || label.startsWith('xn--');
}

/** Countries' endings that are English words, so that "approx.in" may be no address. */
export function isWord(label: string): boolean {
  return /^(?:am|as|at|be|by|do|in|is|it|me|my|no|so|to|us)$/.test(label);
}

/** ISO 3166-1 codes and the few others that are in use as endings (uk, eu, ac, su); from memory of the root zone, not generated from it. */
const COUNTRIES = new Set(
  (
    'ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bw by bz ' +
    'ca cc cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg er es et eu fi fj fk fm fo fr ' +
    'ga gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it je jm jo jp ' +
    'ke kg kh ki km kn kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc me mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz ' +
    'na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pm pn pr pt pw qa re ro ru rw sa sb sc sd se sg si sk sl sm sn so sr ss st su sv sx sy sz ' +
    'tc td tf tg th tj tk tl tm tn to tr tt tv tw tz ua ug uk us uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw'
  ).split(' '),
);

const GENERIC = new Set(
  (
    'com org net edu gov mil int info biz name pro coop aero museum jobs mobi travel tel post asia cat ' +
    'law legal attorney lawyer abogado app dev online site website store shop blog tech cloud xyz top club live life world ' +
    'agency solutions services company group law firm network digital email media news today global center care health clinic ' +
    'consulting finance financial insurance tax estate properties realty church foundation education academy school university'
  ).split(' '),
);
